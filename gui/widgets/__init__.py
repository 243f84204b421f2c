"""What several panels are made of: tiles, thumbnails, icons, colours, messages, texts."""
