"""Language models: what is canned, what is scripted, and how both fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dify_plugin.core.runtime import Session
from dify_plugin.entities.model.message import (
    AssistantPromptMessage,
    ImagePromptMessageContent,
    PromptMessageTool,
    TextPromptMessageContent,
    ToolPromptMessage,
    UserPromptMessage,
)

from calls import Workspace, before_the_stream, refused
from invocations import (
    LOOKUP,
    NOWHERE,
    WEATHER,
    chunks,
    data,
    failure,
    fits,
    joined,
    model,
    only_usage,
    pieces,
    price,
    prompt,
    read,
    send,
)

CALL = "invoke llm model"
QUESTION = "Which animal smiles, and why does it?"
SCRIPT = model("quokka-script")
CALLING = model("quokka-tools")
Sessions = Callable[..., Session]


def request(**members: Any) -> dict[str, Any]:
    """A request as the SDK sends it."""
    plain = {"role": "user", "content": QUESTION, "name": None}
    return {
        **model().model_dump(mode="json"),
        "prompt_messages": [plain],
        "tools": None,
        "stop": None,
        "stream": True,
        **members,
    }


# The canned answer


def test_text_comes_token_by_token(session: Sessions) -> None:
    """Many chunks of the model that was asked, with text deltas only."""
    stream = chunks(session(), model(), prompt(QUESTION))
    assert len(pieces(stream)) >= 3
    assert {chunk.model for chunk in stream} == {"quokka-mini"}
    assert {chunk.delta.message.role.value for chunk in stream} == {"assistant"}
    assert all(isinstance(chunk.delta.message.content, str) for chunk in stream)
    assert all(chunk.delta.message.tool_calls == [] for chunk in stream)


def test_last_chunk_ends_the_stream(session: Sessions) -> None:
    """It alone has a finish reason and the usage."""
    stream = chunks(session(), model(), prompt(QUESTION))
    assert [chunk.delta.finish_reason for chunk in stream] == [None] * (len(stream) - 1) + ["stop"]
    assert stream[-1].delta.usage == only_usage(stream)


def test_tokens_are_counted(session: Sessions) -> None:
    """A token is a piece of the text, and prices follow from the seed."""
    stream = chunks(session(), model(), prompt(QUESTION))
    usage = only_usage(stream)
    assert usage.prompt_tokens > 0
    assert usage.completion_tokens == len(pieces(stream))
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens
    assert usage.prompt_price == price(usage.prompt_tokens, "0.15")
    assert usage.completion_price == price(usage.completion_tokens, "0.6")
    assert usage.total_price == usage.prompt_price + usage.completion_price
    assert (str(usage.prompt_unit_price), str(usage.completion_unit_price)) == ("0.15", "0.6")
    assert usage.currency == "USD"
    assert usage.latency >= 0


def test_longer_prompts_cost_more(session: Sessions) -> None:
    """Every message of the prompt counts."""
    short = only_usage(chunks(session(), model(), prompt(QUESTION)))
    long = only_usage(chunks(session(), model(), prompt(QUESTION, "Answer in one line, please.")))
    assert long.prompt_tokens > short.prompt_tokens


def test_model_without_prices_costs_nothing(session: Sessions) -> None:
    """Tokens are counted all the same."""
    usage = only_usage(chunks(session(), model("quokka-free"), prompt(QUESTION)))
    assert usage.total_tokens > 0
    assert (usage.total_price, usage.currency) == (0, "USD")


def test_blocking_equals_the_stream(session: Sessions) -> None:
    """The same text and the same counts."""
    stream = chunks(session(), model(), prompt(QUESTION))
    result = session().model.llm.invoke(model(), prompt(QUESTION), stream=False)
    assert result.model == "quokka-mini"
    assert result.message.content == joined(stream)
    usage = only_usage(stream)
    assert result.usage.prompt_tokens == usage.prompt_tokens
    assert result.usage.completion_tokens == usage.completion_tokens
    assert result.usage.total_price == usage.total_price


def test_blocking_is_one_chunk(workspace: Workspace) -> None:
    """The whole text, the usage, and a finish reason that is empty rather than null."""
    answer = send(workspace.url, "llm", request(stream=False))
    assert answer.events == ["response", "end"]
    [chunk] = data(answer)
    assert chunk["delta"]["index"] == 0
    assert chunk["delta"]["message"]["content"]
    assert chunk["delta"]["usage"]["total_tokens"] > 0
    assert chunk["delta"]["finish_reason"] == ""


def test_chunks_have_the_daemons_form(workspace: Workspace) -> None:
    """Empty texts instead of nulls, prices as texts, no usage key that the SDK does not know."""
    answer = send(workspace.url, "llm", request())
    assert {line["data"]["message"] for line in answer.lines} == {"stream", ""}
    for chunk in data(answer):
        assert set(chunk) == {"model", "system_fingerprint", "delta", "prompt_messages"}
        assert (chunk["system_fingerprint"], chunk["prompt_messages"]) == ("", [])
        message = chunk["delta"]["message"]
        assert (message["name"], message["tool_call_id"], message["tool_calls"]) == ("", "", [])
    usage = data(answer)[-1]["delta"]["usage"]
    prices = [name for name in usage if "price" in name]
    assert len(usage) == 12
    assert len(prices) == 7
    assert all(isinstance(usage[name], str) for name in prices)


def test_answer_is_the_same_in_every_workspace(new_workspace: Callable[[str], Workspace]) -> None:
    """Nothing is left to chance, latency and ids included."""
    answers = [
        [chunk.model_dump() for chunk in chunks(new_workspace(name).session(), CALLING, *arguments)]
        for arguments in ((prompt(QUESTION),), (prompt(QUESTION), [WEATHER]))
        for name in ("left", "right")
    ]
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]


def test_answer_follows_from_the_prompt(session: Sessions) -> None:
    """Another question, another answer."""
    answers = {joined(chunks(session(), model(), prompt(text))) for text in (QUESTION, "Why?")}
    assert len(answers) == 2


def test_reply_of_the_model_in_the_seed(session: Sessions) -> None:
    """It answers whatever is asked."""
    for text in (QUESTION, "Why?"):
        assert pieces(chunks(session(), model("quokka-said"), prompt(text))) == ["Said ", "before."]


def test_bare_provider_is_one_of_langgenius(session: Sessions) -> None:
    """`openai` stands for `langgenius/openai/openai`."""
    assert joined(chunks(session(), model("gpt-4o-mini", "openai"), prompt(QUESTION)))


def test_configuration_may_be_a_mapping(session: Sessions) -> None:
    """The SDK takes the model's configuration as a plain mapping, too."""
    assert joined(chunks(session(), model().model_dump(), prompt(QUESTION)))


@pytest.mark.parametrize("content", [None, "", []], ids=["null", "empty", "no parts"])
def test_prompt_without_words_is_answered(session: Sessions, content: Any) -> None:
    """A model always has something to say."""
    assert joined(chunks(session(), model(), [UserPromptMessage(content=content)]))


def test_prompt_without_messages_is_answered(session: Sessions) -> None:
    """The daemon does not ask for any."""
    assert joined(chunks(session(), model(), []))


@pytest.mark.parametrize("stream", [True, False])
def test_stop_word_ends_the_text(session: Sessions, stream: bool) -> None:
    """The text ends before the word, which never reaches the plugin."""
    text = joined(chunks(session(), model(), prompt(QUESTION)))
    stop = text[len(text) // 2 : len(text) // 2 + 4]
    options = {"stop": [stop, "never said"], "stream": stream}
    result: Any = session().model.llm.invoke(model(), prompt(QUESTION), **options)
    given = joined(result) if stream else result.message.content
    assert given == text.partition(stop)[0]


def test_stopped_text_costs_less(session: Sessions) -> None:
    """Only what was delivered is counted."""
    whole = chunks(session(), model(), prompt(QUESTION))
    stop = pieces(whole)[1]
    cut = chunks(session(), model(), prompt(QUESTION), stop=[stop])
    assert only_usage(cut).completion_tokens < only_usage(whole).completion_tokens
    assert cut[-1].delta.finish_reason == "stop"


# Images


def picture(text: str) -> list[UserPromptMessage]:
    """A question about a picture."""
    image = ImagePromptMessageContent(format="png", mime_type="image/png", base64_data="iVBORw0=")
    return [UserPromptMessage(content=[TextPromptMessageContent(data=text), image])]


@pytest.mark.parametrize("stream", [True, False])
def test_prompt_with_an_image_is_answered(session: Sessions, stream: bool) -> None:
    """The parts of a message are read as well as a plain text."""
    result: Any = session().model.llm.invoke(model(), picture(QUESTION), stream=stream)
    assert joined(result) if stream else result.message.content


def test_image_changes_the_prompt(session: Sessions) -> None:
    """With a picture the same words are another prompt."""
    plain = joined(chunks(session(), model(), prompt(QUESTION)))
    assert joined(chunks(session(), model(), picture(QUESTION))) != plain


def test_script_reads_the_text_beside_an_image(session: Sessions) -> None:
    """The last user message is its text parts."""
    assert joined(chunks(session(), SCRIPT, picture("the weather here?"))) == "It rains."


# Tools


def test_tools_on_offer_need_not_be_called(session: Sessions) -> None:
    """A model that is not told to call tools answers with text."""
    stream = chunks(session(), model(), prompt(QUESTION), [WEATHER])
    assert joined(stream)
    assert all(chunk.delta.message.tool_calls == [] for chunk in stream)


def test_model_calls_the_first_tool(session: Sessions) -> None:
    """The whole call comes in one chunk, with arguments that the tool's schema allows."""
    stream = chunks(session(), CALLING, prompt(QUESTION), [WEATHER, LOOKUP])
    [call] = [call for chunk in stream for call in chunk.delta.message.tool_calls]
    assert call.id
    assert (call.type, call.function.name) == ("function", "weather")
    assert fits(call.function.arguments), call.function.arguments
    assert stream[-1].delta.finish_reason == "tool_calls"
    assert only_usage(stream).completion_tokens > 0


def test_blocking_call_of_a_tool(session: Sessions) -> None:
    """The SDK hands the call on."""
    options = {"tools": [WEATHER], "stream": False}
    result = session().model.llm.invoke(CALLING, prompt(QUESTION), **options)
    [call] = result.message.tool_calls
    assert call.function.name == "weather"
    assert fits(call.function.arguments), call.function.arguments


def test_tool_without_parameters_is_called_with_an_object(session: Sessions) -> None:
    """Agents parse the arguments as an object."""
    bare = PromptMessageTool(name="ping", description="Ping", parameters={})
    options = {"tools": [bare], "stream": False}
    result = session().model.llm.invoke(CALLING, prompt(QUESTION), **options)
    assert result.message.tool_calls[0].function.arguments == "{}"


def test_model_without_tools_on_offer_answers(session: Sessions) -> None:
    """There is nothing that it could call."""
    stream = chunks(session(), CALLING, prompt(QUESTION))
    assert joined(stream)
    assert stream[-1].delta.finish_reason == "stop"


@pytest.mark.parametrize("stream", [True, False])
def test_agent_loop_ends_after_a_tool_result(session: Sessions, stream: bool) -> None:
    """The loop of an agent strategy: call, result, answer."""
    messages: list[Any] = prompt("How warm is it in Perth?", "Use the tools.")
    texts = []
    while len(texts) < 5:
        options = {"tools": [WEATHER], "stream": stream}
        result: Any = session().model.llm.invoke(CALLING, messages, **options)
        parts = [chunk.delta.message for chunk in result] if stream else [result.message]
        calls = [call for part in parts for call in part.tool_calls]
        texts.append("".join(part.content for part in parts))
        if not calls:
            break
        messages.append(AssistantPromptMessage(content=texts[-1], tool_calls=calls))
        messages += [ToolPromptMessage(content="19", tool_call_id=call.id) for call in calls]
    assert len(texts) == 2
    assert texts[1]


# Scripts


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((SCRIPT, prompt("the weather in Perth")), "It rains."),
        ((SCRIPT, prompt("What lays eggs?", "A platypus does.")), "an old friend"),
        ((SCRIPT, prompt("Hello", "You are a pirate.")), "Arr."),
        ((SCRIPT, prompt("Hello"), [WEATHER, LOOKUP]), "a tool is on offer"),
        ((model("quokka-script", temperature=0.25), prompt("Hello")), "cool"),
        ((SCRIPT, prompt("Hello"), None, ["HALT"]), "it will stop"),
        ((SCRIPT, prompt("which way")), "streamed"),
        ((SCRIPT, prompt("echo {{stop}} & <b>")), "<echo {{stop}} & <b>>"),
    ],
    ids=["last user message", "any message", "system message", "tools", "params", "stop", "stream"]
    + ["template"],
)
def test_script_is_chosen_by_the_call(
    session: Sessions, arguments: tuple[Any, ...], text: str
) -> None:
    """Each part of a call can be what a script asks for."""
    assert joined(chunks(session(), *arguments)) == text


def test_earlier_user_message_is_not_the_last(session: Sessions) -> None:
    """Only the last one counts for `last_user_message`."""
    messages = prompt("the weather") + [AssistantPromptMessage(content="Hm.")] + prompt("Hello")
    assert joined(chunks(session(), SCRIPT, messages)) != "It rains."


def test_script_is_chosen_by_the_last_tool_result(session: Sessions) -> None:
    """What a tool found decides what the model says."""
    call = AssistantPromptMessage.ToolCall(
        id="call_1",
        type="function",
        function=AssistantPromptMessage.ToolCall.ToolCallFunction(name="weather", arguments="{}"),
    )
    messages = [
        *prompt("How warm is it?"),
        AssistantPromptMessage(content="", tool_calls=[call]),
        ToolPromptMessage(content="19 degrees in the shade", tool_call_id="call_1"),
    ]
    assert joined(chunks(session(), SCRIPT, messages, [LOOKUP])) == "It is warm."


def test_script_is_chosen_by_the_way_of_answering(session: Sessions) -> None:
    """Streamed or not can be told apart."""
    result = session().model.llm.invoke(SCRIPT, prompt("which way"), stream=False)
    assert result.message.content == "at once"


def test_scripted_texts_are_chunks(session: Sessions) -> None:
    """One chunk for each text, then one with usage and finish reason."""
    stream = chunks(session(), SCRIPT, prompt("the weather"))
    assert [chunk.delta.message.content for chunk in stream] == ["It ", "rains.", ""]
    assert stream[-1].delta.finish_reason == "stop"
    assert only_usage(stream).completion_tokens > 0


def test_scripted_texts_are_one_when_not_streamed(session: Sessions, workspace: Workspace) -> None:
    """The whole answer is one chunk."""
    result = session().model.llm.invoke(SCRIPT, prompt("the weather"), stream=False)
    assert result.message.content == "It rains."
    question = [{"role": "user", "content": "the weather"}]
    scripted = request(model="quokka-script", prompt_messages=question, stream=False)
    assert send(workspace.url, "llm", scripted).events == ["response", "end"]


def test_scripted_usage_and_finish_reason(session: Sessions) -> None:
    """What a script says of them replaces what would be counted."""
    stream = chunks(session(), SCRIPT, prompt("count me"))
    usage = only_usage(stream)
    assert (usage.prompt_tokens, usage.completion_tokens) == (5, 7)
    assert stream[-1].delta.finish_reason == "length"
    assert joined(stream) == "one two"


def test_scripted_usage_when_not_streamed(session: Sessions) -> None:
    """Counted once."""
    result = session().model.llm.invoke(SCRIPT, prompt("count me"), stream=False)
    assert (result.usage.prompt_tokens, result.usage.completion_tokens) == (5, 7)


def test_scripted_parts(session: Sessions) -> None:
    """A model that draws answers with a list of parts."""
    stream = chunks(session(), SCRIPT, prompt("draw"))
    [parts] = [chunk.delta.message.content for chunk in stream if chunk.delta.message.content]
    assert [part.type.value for part in parts] == ["text", "image"]
    assert parts[0].data == "see"
    assert parts[1].base64_data == "iVBORw0="


def test_scripted_tool_call(session: Sessions) -> None:
    """Arguments and id as written, after the text."""
    stream = chunks(session(), SCRIPT, prompt("call with arguments"), [WEATHER])
    [call] = [call for chunk in stream for call in chunk.delta.message.tool_calls]
    assert call.id == "call_7"
    assert call.function.arguments.replace(" ", "") == '{"town":"Perth"}'
    assert joined(stream) == "Looking. "
    assert stream[-1].delta.finish_reason == "tool_calls"


def test_two_scripted_tool_calls(session: Sessions) -> None:
    """Parallel calls come together, under different ids."""
    stream = chunks(session(), SCRIPT, prompt("call twice"), [WEATHER])
    [calls] = [chunk.delta.message.tool_calls for chunk in stream if chunk.delta.message.tool_calls]
    assert ["Perth" in call.function.arguments for call in calls] == [True, False]
    assert len({call.id for call in calls}) == 2


def test_scripted_tool_call_with_generated_arguments(session: Sessions) -> None:
    """Without arguments they follow from the schema of the tool on offer."""
    stream = chunks(session(), SCRIPT, prompt("call by name"), [LOOKUP, WEATHER])
    [call] = [call for chunk in stream for call in chunk.delta.message.tool_calls]
    assert call.function.name == "weather"
    assert fits(call.function.arguments), call.function.arguments


def test_sequence_of_answers(session: Sessions) -> None:
    """Successive calls get successive answers."""
    texts = [joined(chunks(session(), SCRIPT, prompt("again"))) for _ in range(3)]
    assert texts == ["one", "two", "two"]


# Failures


@pytest.mark.parametrize(
    ("text", "given", "error"),
    [
        (
            "break off",
            ["Some "],
            "read llm model failed: request failed: [quokka] Rate limit reached, try later",
        ),
        (
            "break off at once",
            [],
            "read llm model failed: request failed: [quokka] Rate limit reached, try later",
        ),
        ("break off verbatim", ["Some "], "just this"),
        (
            "refuse",
            [],
            before_the_stream(
                429,
                {"code": "too_many_requests", "message": "slow down/please", "status": 429},
                CALL,
            ),
        ),
    ],
    ids=["in the stream", "at once", "verbatim", "refused"],
)
def test_scripted_failure(session: Sessions, text: str, given: list[str], error: str) -> None:
    """A failing model raises after what it said before."""
    result = read(session().model.llm.invoke(SCRIPT, prompt(text), stream=True))
    assert pieces(result.items) == given
    assert result.error == error


def test_scripted_failure_when_not_streamed(session: Sessions) -> None:
    """Dify has not sent a byte yet, so the failure is an HTTP status."""
    error = failure(lambda: session().model.llm.invoke(SCRIPT, prompt("break off"), stream=False))
    assert error == refused("[quokka] Rate limit reached, try later", CALL)


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize(
    ("config", "message"),
    [
        (model(provider=NOWHERE), f"Provider {NOWHERE} does not exist."),
        (model(provider="nowhere"), "Provider nowhere does not exist."),
        (model("no-such-model"), "Model no-such-model credentials is not initialized."),
        (model("quokka-embed"), "Model quokka-embed credentials is not initialized."),
    ],
    ids=["provider", "bare provider", "model", "type"],
)
def test_unknown_model(session: Sessions, config: Any, message: str, stream: bool) -> None:
    """Dify's own words, slashes escaped, before the stream starts."""
    error = failure(lambda: list(session().model.llm.invoke(config, prompt("Hi"), stream=stream)))
    assert error == refused(message, CALL)


def test_model_goes_on_after_a_failure(session: Sessions) -> None:
    """One call's failure is not the next one's."""
    failure(lambda: chunks(session(), model(provider=NOWHERE), prompt(QUESTION)))
    assert joined(chunks(session(), model(), prompt(QUESTION)))
