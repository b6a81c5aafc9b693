"""Attribution: who said what, by rules over quotation marks, a dependency parse and the layout of a page."""
