"""Files that travel with the program: models, icons, the sample collection, licences, and the tools that made them."""
