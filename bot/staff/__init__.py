"""What staff may do, whichever way they ask: links, visits, paper, numbers; knows no page, no chat and no story."""
