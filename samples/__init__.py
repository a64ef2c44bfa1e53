"""Reports typeset for this project, with their hand-checked truth beside them."""
