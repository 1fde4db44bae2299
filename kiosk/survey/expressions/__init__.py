"""The expression language of surveys, as SurveyJS' own engine understands it."""
