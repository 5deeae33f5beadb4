"""The worklist: batches, the lines of them to work, the people who work them, and the trail of what they did."""
