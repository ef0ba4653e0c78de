"""WithUs: plan, run and follow up services made together with the people who use them."""
