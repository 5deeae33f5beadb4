""" Contains all the data models used in inputs/outputs """

from .about import About
from .answer import Answer
from .ask_body import AskBody
from .ask_body_facts import AskBodyFacts
from .asked import Asked
from .asked_answer import AskedAnswer
from .asked_question import AskedQuestion
from .asked_question_type import AskedQuestionType
from .batch_file import BatchFile
from .batch_info import BatchInfo
from .batch_info_summary_type_0 import BatchInfoSummaryType0
from .batch_page import BatchPage
from .batch_state import BatchState
from .batch_whole import BatchWhole
from .batch_whole_summary_type_0 import BatchWholeSummaryType0
from .channel import Channel
from .check import Check
from .check_answer import CheckAnswer
from .checklist import Checklist
from .citation import Citation
from .citation_quote_kind import CitationQuoteKind
from .claim import Claim
from .claim_dx_system_type_0 import ClaimDxSystemType0
from .claim_earlier_payer import ClaimEarlierPayer
from .claim_earlier_payer_responsibility_type_0 import ClaimEarlierPayerResponsibilityType0
from .claim_facts_type_0 import ClaimFactsType0
from .claim_form_type_0 import ClaimFormType0
from .claim_line import ClaimLine
from .claim_line_facts_type_0 import ClaimLineFactsType0
from .claim_line_unit_basis_type_0 import ClaimLineUnitBasisType0
from .claim_patient import ClaimPatient
from .claim_patient_sex_type_0 import ClaimPatientSexType0
from .claim_payer import ClaimPayer
from .claim_payer_responsibility_type_0 import ClaimPayerResponsibilityType0
from .claim_period import ClaimPeriod
from .claim_provider import ClaimProvider
from .clause import Clause
from .clause_quote_kind import ClauseQuoteKind
from .code_facts import CodeFacts
from .code_facts_kind import CodeFactsKind
from .code_info import CodeInfo
from .code_info_kind import CodeInfoKind
from .code_page import CodePage
from .determination import Determination
from .determination_info import DeterminationInfo
from .determination_page import DeterminationPage
from .edit_page import EditPage
from .evidence import Evidence
from .fact import Fact
from .fact_page import FactPage
from .fact_type import FactType
from .field_error import FieldError
from .finality import Finality
from .finding import Finding
from .finding_entry import FindingEntry
from .finding_info import FindingInfo
from .finding_witness import FindingWitness
from .findings_page import FindingsPage
from .gravity import Gravity
from .hand_in_batch_body import HandInBatchBody
from .likelihood import Likelihood
from .line import Line
from .line_answer import LineAnswer
from .line_answer_basis import LineAnswerBasis
from .line_state import LineState
from .list_edits_setting import ListEditsSetting
from .money import Money
from .money_step import MoneyStep
from .money_step_of import MoneyStepOf
from .most import Most
from .named_silence import NamedSilence
from .outcome import Outcome
from .pair_edit import PairEdit
from .point import Point
from .point_met import PointMet
from .policy import Policy
from .policy_info import PolicyInfo
from .policy_page import PolicyPage
from .predicted import Predicted
from .problem import Problem
from .problem_details import ProblemDetails
from .product import Product
from .product_value import ProductValue
from .progress import Progress
from .question import Question
from .quoted import Quoted
from .setting import Setting
from .severity import Severity
from .silence import Silence
from .speaks import Speaks
from .stands import Stands
from .value import Value
from .view import View
from .view_answer import ViewAnswer
from .view_answer_reachable_is import ViewAnswerReachableIs
from .views import Views
from .warned import Warned
from .work_state import WorkState

__all__ = (
    "About",
    "Answer",
    "AskBody",
    "AskBodyFacts",
    "Asked",
    "AskedAnswer",
    "AskedQuestion",
    "AskedQuestionType",
    "BatchFile",
    "BatchInfo",
    "BatchInfoSummaryType0",
    "BatchPage",
    "BatchState",
    "BatchWhole",
    "BatchWholeSummaryType0",
    "Channel",
    "Check",
    "CheckAnswer",
    "Checklist",
    "Citation",
    "CitationQuoteKind",
    "Claim",
    "ClaimDxSystemType0",
    "ClaimEarlierPayer",
    "ClaimEarlierPayerResponsibilityType0",
    "ClaimFactsType0",
    "ClaimFormType0",
    "ClaimLine",
    "ClaimLineFactsType0",
    "ClaimLineUnitBasisType0",
    "ClaimPatient",
    "ClaimPatientSexType0",
    "ClaimPayer",
    "ClaimPayerResponsibilityType0",
    "ClaimPeriod",
    "ClaimProvider",
    "Clause",
    "ClauseQuoteKind",
    "CodeFacts",
    "CodeFactsKind",
    "CodeInfo",
    "CodeInfoKind",
    "CodePage",
    "Determination",
    "DeterminationInfo",
    "DeterminationPage",
    "EditPage",
    "Evidence",
    "Fact",
    "FactPage",
    "FactType",
    "FieldError",
    "Finality",
    "Finding",
    "FindingEntry",
    "FindingInfo",
    "FindingsPage",
    "FindingWitness",
    "Gravity",
    "HandInBatchBody",
    "Likelihood",
    "Line",
    "LineAnswer",
    "LineAnswerBasis",
    "LineState",
    "ListEditsSetting",
    "Money",
    "MoneyStep",
    "MoneyStepOf",
    "Most",
    "NamedSilence",
    "Outcome",
    "PairEdit",
    "Point",
    "PointMet",
    "Policy",
    "PolicyInfo",
    "PolicyPage",
    "Predicted",
    "Problem",
    "ProblemDetails",
    "Product",
    "ProductValue",
    "Progress",
    "Question",
    "Quoted",
    "Setting",
    "Severity",
    "Silence",
    "Speaks",
    "Stands",
    "Value",
    "View",
    "ViewAnswer",
    "ViewAnswerReachableIs",
    "Views",
    "Warned",
    "WorkState",
)
