"""Which characters no one sees: the reading reports them, pages mark them. As parts of regular expressions."""

WIDTHLESS = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f"
)
"""What has no width or turns the direction of writing, wherever it stands; for a class of characters."""
MISPLACED = (
    "(?<![^\\W\\d_])\u00ad|\u00ad(?![^\\W\\d_])|(?<=[\x00-\u02af])[\u200c\u200d]|[\u200c\u200d](?=[\x00-\u02af])"
)
"""Soft hyphens outside of words, and joiners beside letters that never join."""
