"""Resources: what the client has, wants and depends on, and what lies idle."""
