"""`python -m readout_site`: the same as the command `readout-site`."""

from readout_site.shell.cli import main

main()
