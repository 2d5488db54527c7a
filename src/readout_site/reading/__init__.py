"""One capture → one briefing: decode, clean, section, annotate. Pure: no disk, clock, network or terminal."""
