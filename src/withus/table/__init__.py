"""Who is asked, to which workshop, in which role and with what say."""
