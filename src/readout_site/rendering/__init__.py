"""All briefings → pages → bytes: pure."""
