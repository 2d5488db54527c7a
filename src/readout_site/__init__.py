"""Turn scraped readouts into a site of annotated briefing pages.

Captures are *read* one by one into briefings (`readout_site.reading`); briefings are *rendered* all together into
pages (`readout_site.rendering`); the *shell* carries things in and out (`readout_site.shell`). The values that flow
between them are in `readout_site.records`, in order of appearance:

    Capture ─clean─► CleanText ─section─► Readout ─annotate─► Briefing ─arrange─► Corpus ─plan─► Page ─render─► Artifact

Three promises hold everywhere: the words on a page are those of the capture, in order; every character of a capture is
kept, or listed as cut with its rule, or white space; and a bad capture, a crash or a full disk leaves the last good
site whole.
"""
