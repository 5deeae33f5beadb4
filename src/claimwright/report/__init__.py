"""How an answer looks: the same objects as text, JSON, CSV, HTML and denial codes. No rule is decided here.

Import the module of the face you need; this one imports nothing, so that a command pays only for what it shows.
"""
