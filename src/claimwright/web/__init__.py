"""The web application: pages that work without JavaScript and get better with it. No rule is decided here."""
