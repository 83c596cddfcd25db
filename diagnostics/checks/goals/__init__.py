"""Goals: can they be measured, and are they reached at the pace of today?"""
