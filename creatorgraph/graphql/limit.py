"""What one request may ask for. Every limit has its own clear error; none can be switched off by a client.

What an operation may cost is in cost.py, and schema.py puts all of it together.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLID,
    InlineFragmentNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValidationRule,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    get_named_type,
    visit,
)
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    SchemaExtension,
    ValidationCache,
)

from creatorgraph.domain.error import CreatorgraphError, InvalidInputError
from creatorgraph.graphql.document import Documents, RegisteredDocuments

MAX_FIRST = 100
"""Items of one page."""
MAX_STREAMED = 1000
"""Hits of one search that is told in parts."""
MAX_IDS = 100
"""Ids of one `nodes` call."""
MAX_DEPTH = 12
"""Nested selections. The deepest sensible query (search, creator, profile, link, other profile) needs 11."""
MAX_ALIASES = 30
MAX_TOKENS = 2000
MAX_FIELDS = 1000
"""Fields of a document with its fragments written out."""
MAX_LISTED = 100
"""Entries of lists that are not paged, such as what an act has changed; the first of them are given."""
MAX_ROWS = 20_000
"""Rows that one batch of pages may load: the product of nested `first` arguments."""
MAX_TRAVERSALS = 20
"""Walks through the graph in one request: each costs the engine more than a row does."""
MAX_TEXT = 1000
"""Characters of any text argument, but for those that we give out ourselves."""
MAX_KEY = 16_384
"""Characters of an id, or of a cursor: both may hold whole names and ids of accounts, encoded."""
MAX_NESTING = 100
"""Levels of lists and objects, the variables themselves being one; no argument has a tenth of them."""


def page_size(first: int, *, most: int = MAX_FIRST, where: str = "first") -> int:
    """`first` itself, when it is in range.

    Raises:
        InvalidInputError: it is below 1 or above `most`.
    """
    if not 1 <= first <= most:
        raise InvalidInputError(
            f"{first} is out of range", where=where, mend=f"Ask for 1 to {most} and page with after."
        )
    return first


def check_rows(asked: int) -> None:
    """Raises InvalidInputError where one batch would load more than MAX_ROWS rows."""
    if asked > MAX_ROWS:
        raise InvalidInputError(
            f"the nested pages may hold {asked} items, more than {MAX_ROWS}",
            where="first",
            mend="Ask for smaller pages at one of the levels.",
        )


def usable(text: str, *, most: int = MAX_TEXT) -> bool:
    """Whether PostgreSQL could take it: not too long, no NUL, no half of a surrogate pair."""
    if len(text) > most or "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_UNUSABLE = (
    f"A text is longer than {MAX_TEXT} characters (an id or cursor: {MAX_KEY}), "
    "or has a NUL or half a surrogate pair in it."
)


class TextRule(ValidationRule):
    """Refuses texts in the document that no resolver could use."""

    def enter_string_value(self, node: StringValueNode, _key: object, parent: object, *_: object) -> None:
        kind = self.context.get_input_type()
        given = _is_cursor(parent) or (kind is not None and get_named_type(kind) is GraphQLID)
        if not usable(node.value, most=MAX_KEY if given else MAX_TEXT):
            self.report_error(GraphQLError(_UNUSABLE, node))


class VariableTexts(SchemaExtension):
    """Refuses such texts in the variables, and variables that are nested too deeply, before anything is executed."""

    def on_execute(self) -> Iterator[None]:
        variables = self.execution_context.variables or {}
        if nested_deeply(variables):
            raise GraphQLError(f"The variables are nested more than {MAX_NESTING} levels deep.")
        if not all(map(usable, texts_in(variables))) and not self._of_ours(variables):
            raise InvalidInputError(_UNUSABLE, where="variables", mend="Shorten or clean it.")
        yield

    def _of_ours(self, variables: dict[str, Any]) -> bool:
        """Whether it is cursors and ids alone that are too long for other texts."""
        document = self.execution_context.graphql_document
        keys = set() if document is None else _variables_for_keys(document)
        return all(
            usable(text, most=MAX_KEY if name in keys else MAX_TEXT)
            for name, value in variables.items()
            for text in (name, *texts_in(value))
        )


class OwnContext(SchemaExtension):
    """Every operation has a context of its own, and reads anew: Strawberry has one for all that come over a socket."""

    def on_operation(self) -> Iterator[None]:
        asked = self.execution_context
        asked.context = asked.context.of_one_operation()
        yield


class Admission(SchemaExtension):
    """Counts each operation of a socket by the caller's rate."""

    _refused: CreatorgraphError | None = None

    async def on_operation(self) -> AsyncIterator[None]:
        admit = self.execution_context.context.admit
        try:
            if admit is not None:
                await admit()
        except CreatorgraphError as error:
            self._refused = error
        yield

    def on_validate(self) -> Iterator[None]:
        asked = self.execution_context
        if self._refused is not None:
            # raised, it would end a socket without a word
            asked.pre_execution_errors = [GraphQLError(str(self._refused), original_error=self._refused)]
        yield


class ExpansionLimiter(SchemaExtension):
    """Counts the fields of a document with every fragment written out, before any other rule walks through it.

    Fragments that spread others twice double the document at each level; the rules that follow write them out.
    """

    def on_validate(self) -> Iterator[None]:
        document = self.execution_context.graphql_document
        if document is not None and expanded_fields(document) > MAX_FIELDS:
            raise GraphQLError(f"The document has more than {MAX_FIELDS} fields when its fragments are written out.")
        yield


def expanded_fields(document: DocumentNode) -> int:
    """How many fields all operations have together with fragments written out; linear in the document's size.

    Raises:
        GraphQLError: fragments spread each other in a circle, one is not there, or something selects nothing.
    """
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    known: dict[str, int] = {}
    open_: set[str] = set()

    def of_fragment(name: str) -> int:
        if name not in known:
            if name in open_:
                raise GraphQLError("Fragments spread each other in a circle.")
            open_.add(name)
            if name not in fragments:
                # the rules that follow would fall over it
                raise GraphQLError(f"Unknown fragment '{name}'.")
            known[name] = of(fragments[name].selection_set)
        return known[name]

    def of(selected: SelectionSetNode | None) -> int:
        count = 0
        if selected is not None and not selected.selections:
            # the parser lets it through, and the rules that follow would fall over it
            raise GraphQLError("A selection is empty.", selected)
        for each in selected.selections if selected else ():
            if isinstance(each, FragmentSpreadNode):
                count += of_fragment(each.name.value)
            elif isinstance(each, FieldNode | InlineFragmentNode):
                count += isinstance(each, FieldNode) + of(each.selection_set)
        return count

    return sum(of(each.selection_set) for each in document.definitions if isinstance(each, OperationDefinitionNode))


# made once: the cache of validated documents is keyed by the rules too
ANY_DOCUMENT = Documents()
_RULES = [
    *QueryDepthLimiter(max_depth=MAX_DEPTH).validation_rules,
    *MaxAliasesLimiter(max_alias_count=MAX_ALIASES).validation_rules,
    TextRule,
]


def extensions(*, introspection: bool, documents: Documents = ANY_DOCUMENT) -> list[Callable[[], SchemaExtension]]:
    """The limits as schema extensions, fresh for each request. Parsed and validated documents are cached."""
    found: list[Callable[[], SchemaExtension]] = [
        lambda: MaxTokensLimiter(max_token_count=MAX_TOKENS),
        lambda: AddValidationRules(_RULES),
        OwnContext,
        VariableTexts,
        ExpansionLimiter,
        ParserCache,
        ValidationCache,
        lambda: RegisteredDocuments(documents, most_tokens=MAX_TOKENS),
        # the last one: the cache of validated documents would take its refusal for its own answer
        Admission,
    ]
    return found if introspection else [DisableIntrospection, *found]


def _is_cursor(parent: object) -> bool:
    """Whether what lies below this node is a cursor."""
    return isinstance(parent, ArgumentNode) and parent.name.value == "after"


def _variables_for_keys(document: DocumentNode) -> set[str]:
    """The variables that cursors and ids come in."""
    found: set[str] = set()

    class Finder(Visitor):
        def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> None:
            kind = node.type
            while isinstance(kind, ListTypeNode | NonNullTypeNode):
                kind = kind.type
            if isinstance(kind, NamedTypeNode) and kind.name.value == GraphQLID.name:
                found.add(node.variable.name.value)

        def enter_argument(self, node: ArgumentNode, *_: object) -> None:
            if _is_cursor(node) and isinstance(node.value, VariableNode):
                found.add(node.value.name.value)

    visit(document, Finder())
    return found


def nested_deeply(value: dict[str, Any] | list[Any] | None) -> bool:
    """Whether lists and objects of a JSON value lie more than MAX_NESTING levels in each other."""
    level = [value]
    for _ in range(MAX_NESTING):
        inner = (each for outer in level for each in (outer.values() if isinstance(outer, dict) else outer or ()))
        level = [each for each in inner if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def texts_in(value: Any) -> Iterable[str]:
    """Every text of a JSON value, the names in it too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (key, *texts_in(each))
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
