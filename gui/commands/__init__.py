"""Every command of the window: one table, from which menus, toolbar, palette, keys and help are made."""
