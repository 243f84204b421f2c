"""Why a hit was found: query and hit side by side, or laid over each other."""
