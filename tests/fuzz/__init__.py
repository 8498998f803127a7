"""Expressions, formulas and pages made by chance; Hypothesis finds the smallest that goes wrong."""
