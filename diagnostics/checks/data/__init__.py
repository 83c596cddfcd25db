"""What arrived, whether it ties out, and which days are missing."""
