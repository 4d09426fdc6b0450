"""Batches of speeches -> segments: in which files does a whole corpus stand, written many speeches at a time?"""
