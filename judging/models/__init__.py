from judging.models.assignment import Assignment
from judging.models.criterion import Criterion
from judging.models.juror import Juror
from judging.models.result import Result
from judging.models.score import Comment, Score

__all__ = ["Assignment", "Comment", "Criterion", "Juror", "Result", "Score"]
