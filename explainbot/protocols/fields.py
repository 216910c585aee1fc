"""What each field of a request is: text, the developer's own words, a name, an identifier, a number, or unreadable.

One table for all providers, by the name of the field; where a name means different things, it is qualified by the
field it stands in, or by the `type` of its object. A request is walked by it: text is read and replaced, what the
provider has to understand word by word is checked, and refused if it holds personal data; what nobody can read is
refused unless it is allowed. A field that the table does not know is treated as text. `tests/core/test_fields.py` walks
every method of the pinned openai and anthropic clients, the sources of this table, and fails for a field it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal

from explainbot import _json
from explainbot.errors import LocalProtocolError
from explainbot.protocols.base import Json, RequestVisitor, is_explanation, key_sent, names_only, rewrite

__all__ = ["FIELDS", "PART_TYPES", "QUALIFIED", "FieldClass", "class_of", "sent_fields", "sent_member"]

FieldClass = Literal[
    "text", "object", "own", "schema", "keyed", "name", "identifier", "number", "opaque", "credential", "unreadable"
]
"""The class of a field:

- text: free text, read and replaced; where it is given in parts, these are walked by the table.
- object: an object or a list of objects, walked by the table.
- own: an object whose keys and values the developer chose: all of it is text.
- schema: a JSON Schema (draft 2020-12); all of it is text but the words of the standard.
- keyed: an object whose keys the developer chose; its values are walked by the table.
- name: a word the provider interprets, such as a model, a role or a tool. It cannot be replaced.
- identifier: issued by the provider, or pointing at something there. It cannot be replaced either.
- number: a number or a switch the provider interprets.
- opaque: sealed by the provider, to be sent back as it came.
- credential: the company's own, for a server the provider shall call.
- unreadable: bytes or a link; `PERMISSIONS` has the permission it takes.
"""

_WORDS: Mapping[FieldClass, str] = {
    "text": """
        additional_instructions arguments call_id categories cited_text city code command commands content country
        custom_id definition description diff document_title domain error error_message filename group_id input
        input_examples instructions key keys keywords known_speaker_names label lines logs message name output
        page_age partial_json path pattern prediction prompt prompt_cache_key queries query reason refusal region
        result retrieved_at revised_prompt safety_identifier server_description snippet source stderr stdout stop
        stop_sequences suffix summary system text thinking timezone title token tool_call_id tool_use_id transcript
        url user user_id value workflow_name working_directory
        """,
    "object": """
        access_programs acknowledged_safety_checks actions additional_messages agent always annotations approximate
        attachments audio background_options billing_policy block_binding cache_control caching choices
        chunking_strategy citations clear_at_least client_tool_results close_tab code_interpreter compaction configs
        context_management cursor_position custom default_config diagnostics domain_secrets double_click edits event
        expires_after fallbacks file_search file_upload files filters find form_input from function functions
        get_page_text grammar hold_key hover hybrid_search image_file item items javascript_exec json_schema keep
        left_click left_click_drag left_mouse_down left_mouse_up levels list_tabs mcp_servers messages middle_click
        moderation_details mouse_move multi_agent navigate network_policy never new_tab noise_reduction operation
        outcome output_config output_expires_after outputs params pending_safety_checks policy
        prompt_cache_breakpoint prompt_cache_options questions ranking_options read_console read_network read_page
        reasoning requests response results right_click screenshot scroll scroll_to server_tool_results session
        skills sources state_changes static steer stream_options svg svg_usage switch_tab tabs task_budget thread to
        token_limits tool tool_calls tool_changes tool_configuration tool_outputs tool_references tool_resources
        tools transcription transformations trigger triple_click truncation_strategy turn_detection url_sources
        user_input user_location vector_stores wait web_search_options zoom
        """,
    "own": "attributes env metadata properties required",
    "schema": "input_schema item_schema output_schema parameters schema",
    "keyed": "variables",
    "name": """
        $ref action agent_name allowed_callers allowed_domains allowed_tools anchor background betas bill_to
        blocked_domains button caller clear_at clear_tool_inputs completion_window complexity connector_id context
        context_compression cyber delay detail display eagerness effort encoding_format endpoint environment
        error_code exclude_tools execution file_type filter format function_call generate_summary include
        inference_geo input_fidelity language languages mcp_server_name media_type memory_limit mime_type modalities
        mode model moderation moderation_stage namespace object order output_format output_modalities
        oversized_image param personality phase prefix_mismatch_behavior prompt_cache_retention purpose quality
        ranker reasoning_effort require_approval response_format response_inclusion role search_content_types
        search_context_size seconds server_label server_name service_tier size speed status stop_reason
        stream_format style syntax timestamp_granularities tool_choice tool_name tool_names toolset_name tracing
        truncation ttl type variant verbosity version voice
        """,
    "identifier": """
        after after_id approval_request_id assistant_id batch_id before before_id caller_id comparison_response_id
        completion_id container container_id continuation_id conversation conversation_id download_id environment_id
        event_id fallback_credit_token file_id file_ids id ids input_file_id item_id message_batch_id message_id
        page part_ids previous_item_id previous_message_id previous_response_id response_id run_id scope_id
        session_id skill_id step_id stream_id tab_id thread_id tool_id tunnel_id user_profile_id vector_store_id
        vector_store_ids workspace_id
        """,
    "number": """
        active approve async audio_end_ms best_of budget_tokens bytes chunk_overlap_tokens compact_threshold
        content_index create_response days defer_loading dimensions disable_parallel_tool_use display_height
        display_height_px display_number display_width display_width_px document_index eager_input_streaming echo
        embedding_weight enable_zoom enabled end_block_index end_char_index end_index end_page_number exit_code
        expires_in_seconds external_web_access frame_count frame_duration_ms frequency_penalty generate
        idle_timeout_ms include_obfuscation include_usage index input_tokens interrupt_response is_error
        is_file_update last_messages limit logit_bias logprob logprobs max_characters max_chunk_size_tokens
        max_completion_tokens max_concurrent_subagents max_content_tokens max_num_results max_output_length
        max_output_tokens max_prompt_tokens max_tokens max_tool_calls max_uses minutes n new_lines new_start
        num_lines old_lines old_start output_compression output_tokens parallel_tool_calls partial_images
        pause_after_compaction post_instructions prefix_padding_ms presence_penalty prewarm rate read_only
        reasoning_tokens remaining retention_ratio return_code rewrite_query score score_threshold scroll_x scroll_y
        search_result_index seed silence_duration_ms size_bytes start_block_index start_char_index start_index
        start_line start_page_number starting_after store stream strength strict temperature text_weight threshold
        timeout_ms top_k top_logprobs top_p total total_lines total_tokens use_cache x y
        """,
    "opaque": "encrypted_content encrypted_index encrypted_stdout fingerprint signature",
    "credential": "authorization authorization_token headers server_url",
    "unreadable": """
        b64_json data file file_data file_url image image_url input_audio input_image_mask input_reference
        known_speaker_references markup mask recording video
        """,
}

FIELDS: Mapping[str, FieldClass] = {word: kind for kind, words in _WORDS.items() for word in words.split()}
"""The class of each field by its name."""

QUALIFIED: Mapping[tuple[str, str], FieldClass] = {
    **{(parent, "name"): "name" for parent in "function custom json_schema tool_choice tools tool_calls".split()},
    **{(parent, "name"): "name" for parent in "function_call format domain_secrets input item items".split()},
    ("tool_calls", "id"): "text",
    # in objects of this `type`
    ("tool_use", "id"): "text",
    ("tool_use", "name"): "name",
    ("server_tool_use", "name"): "name",
    ("tool_use", "input"): "own",
    ("server_tool_use", "input"): "own",
    ("tool_search_call", "arguments"): "own",
    ("redacted_thinking", "data"): "opaque",
    **{(kind, "audio"): "unreadable" for kind in ("audio", "input_audio", "input_audio_buffer.append", "output_audio")},
    ("text", "data"): "text",
    ("input_json", "data"): "own",
    ("url", "url"): "unreadable",
    ("image_generation_call", "result"): "unreadable",
    ("mcp_servers", "url"): "credential",
    # in the field of this name
    ("reasoning", "summary"): "name",
    ("audio", "format"): "name",
    ("domain_secrets", "value"): "credential",
    ("error", "code"): "name",
    ("prompt", "version"): "name",
    ("tools", "container"): "identifier",
    **{(parent, "value"): "number" for parent in "clear_at_least keep trigger".split()},
    ("definition", "name"): "name",
    ("input", "author"): "name",
    ("input", "recipient"): "name",
}
"""(field it stands in, or `type` of the object, name) for names that mean different things."""

PERMISSIONS: Mapping[str, str] = {
    **dict.fromkeys("b64_json image image_url input_image_mask input_reference mask result".split(), "image"),
    **dict.fromkeys("audio input_audio recording".split(), "audio"),
}
"""The permission that an unreadable field takes; any other takes "image" for an image and else "file"."""

OBJECTS = frozenset({"file", "image", "video"})
"""Names of files in a form that are plain objects in JSON."""

SCHEMA_NAMES = frozenset({"type", "$ref", "$schema"})
"""Keywords of JSON Schema whose values are words of the standard, or point into the schema."""

PART_TYPES: Mapping[str, frozenset[str]] = {
    field: frozenset(words.split())
    for field, words in {
        "content": """
            advisor_redacted_result advisor_result advisor_tool_result advisor_tool_result_error
            bash_code_execution_output bash_code_execution_result bash_code_execution_tool_result
            bash_code_execution_tool_result_error browser_state code_execution_output code_execution_result
            code_execution_tool_result code_execution_tool_result_error compaction container_upload document
            encrypted_code_execution_result encrypted_content fallback file image image_file image_url
            input_audio input_file input_image input_json input_text mcp_tool_listing mcp_tool_result
            mcp_tool_use output_audio output_text reasoning_text redacted_thinking refusal search_result server_tool_use
            summary_text text text_editor_code_execution_create_result
            text_editor_code_execution_str_replace_result text_editor_code_execution_tool_result
            text_editor_code_execution_tool_result_error text_editor_code_execution_view_result thinking
            tool_addition tool_reference tool_removal tool_result tool_search_tool_result
            tool_search_tool_result_error tool_search_tool_search_result tool_use web_fetch_result
            web_fetch_tool_result web_fetch_tool_result_error web_search_result web_search_tool_result
            web_search_tool_result_error
            """,
        "input": """
            additional_tools agent_message apply_patch_call apply_patch_call_output code_interpreter_call
            compaction compaction_trigger computer_call computer_call_output configuration_update
            custom_tool_call custom_tool_call_output file_search_call function_call function_call_output
            image_generation_call image_url input_audio input_file input_image input_text item_reference
            local_shell_call local_shell_call_output mcp_approval_request mcp_approval_response mcp_call
            mcp_list_tools message multi_agent_call multi_agent_call_output output_text program program_output
            reasoning refusal shell_call shell_call_output text tool_search_call tool_search_output
            web_search_call
            """,
        "output": "computer_screenshot input_audio input_file input_image input_text output_text refusal text",
    }.items()
}
"""Types of the parts and items that stand in these fields. One of another type, and a part of
none, may hold anything and is refused."""

_BLOB = re.compile(r"[A-Za-z0-9+/_=\r\n-]{1024,}|data:[^,]{0,100};base64,.*", re.DOTALL)
"""Base64 (RFC 4648) of at least 768 bytes, or a data URL (RFC 2397): no text that anybody reads."""

LONGEST_COUNT = 10**6
"""A number of fewer than seven digits is no personal data that a detector knows (ITU-T E.164 subscriber numbers), and
equals a customer's postcode or PIN only by chance."""


def class_of(key: str, parent: str = "", kind: str = "") -> FieldClass | None:
    """The class of the field `key`; None for one that the table does not know.

    Args:
        parent: the field that its object stands in.
        kind: the `type` of its object.
    """
    return QUALIFIED.get((parent, key)) or QUALIFIED.get((kind, key)) or FIELDS.get(key)


def sent_fields(value: Mapping[str, Json], visitor: RequestVisitor, parent: str = "") -> dict[str, Json]:
    """An object as it is sent: every member by its class. `parent` is the field it stands in.

    Raises:
        UnsupportedContent: something in it is unreadable, and not allowed.
        PrivacyError: something in it holds personal data and cannot be replaced.
    """
    kind = _kind(value)
    if parent in PART_TYPES and not isinstance(given := value.get("type"), str | None):
        raise LocalProtocolError(f"the type of a message part must be a string, not {type(given).__name__}")
    if kind not in PART_TYPES.get(parent, (kind,)) and (kind or parent == "content"):
        visitor.unreadable("unknown_part", "a message part of unknown type")
    return {
        key if class_of(key, parent, kind) else key_sent(key, visitor): sent_member(key, item, visitor, parent, value)
        for key, item in value.items()
        if not (parent and is_explanation(key, item))
    }


def _kind(value: Mapping[str, Json]) -> str:
    kind = value.get("type")
    return kind if isinstance(kind, str) else ""


def sent_member(
    key: str, value: Json, visitor: RequestVisitor, parent: str = "", siblings: Mapping[str, Json] | None = None
) -> Json:
    """The value of the field `key` as it is sent; `siblings` is the object it is a member of.

    Raises:
        UnsupportedContent: it is unreadable, and not allowed.
        PrivacyError: it holds personal data and cannot be replaced.
    """
    if value is None or isinstance(value, bool):
        return value
    siblings = siblings or {}
    kind = class_of(key, parent, _kind(siblings))
    if kind == "unreadable":
        return _unreadable(key, value, visitor, siblings)
    if kind == "text" and key in CALL_IDS and isinstance(value, str):
        return visitor.key(value)
    return _WAYS[kind](key, value, visitor)


CALL_IDS = frozenset("call_id id tool_call_id tool_use_id".split())
"""Fields of the class text that name a tool's call: a word that the model or the bot made up."""


def _text(key: str, value: Json, visitor: RequestVisitor) -> Json:
    """Text, or parts that hold text."""
    if isinstance(value, dict):
        return sent_fields(value, visitor, key)
    if isinstance(value, list):
        if value and _tokens(value):
            visitor.unreadable("tokens", f"text given as token numbers in the field {key!r}")
            return value
        return [_text(key, item, visitor) for item in value]
    return rewrite(value, visitor)


def _tokens(value: list[Json]) -> bool:
    return all(type(item) is int or (isinstance(item, list) and bool(item) and _tokens(item)) for item in value)


def _named(key: str, value: Json, visitor: RequestVisitor) -> Json:
    """Names and identifiers, or objects that choose one, such as a tool choice."""
    if isinstance(value, dict):
        return sent_fields(value, visitor, key)
    if isinstance(value, list):
        return [_named(key, item, visitor) for item in value]
    if not isinstance(value, str):
        return _counted(value, visitor)
    (visitor.identifier if FIELDS.get(key) == "identifier" else visitor.name)(value)
    return value


def _counted(value: Json, visitor: RequestVisitor) -> Json:
    """Numbers, also in lists and objects. What could be a card or a telephone number is none that anybody counts."""
    if isinstance(value, dict):
        return {key_sent(key, visitor): _counted(item, visitor) for key, item in value.items()}
    if isinstance(value, list):
        return [_counted(item, visitor) for item in value]
    return value if isinstance(value, int | float) and abs(value) < LONGEST_COUNT else rewrite(value, visitor)


def _keyed(key: str, value: Json, visitor: RequestVisitor) -> Json:
    if not isinstance(value, dict):
        return rewrite(value, visitor)
    return {key_sent(name, visitor): _text(name, item, visitor) for name, item in value.items()}


def _opaque(key: str, value: Json, visitor: RequestVisitor) -> Json:
    return value if isinstance(value, str) and _BLOB.fullmatch(value) else names_only(value, visitor)


def _credential(key: str, value: Json, visitor: RequestVisitor) -> Json:
    """A credential, or headers that hold one: checked, names included, and sent as it is."""
    if isinstance(value, dict):
        for name, item in value.items():
            visitor.credential(name)
            _credential(name, item, visitor)
    else:
        for text in _json.strings(value):
            visitor.credential(text)
    return value


def _unknown(key: str, value: Json, visitor: RequestVisitor) -> Json:
    if any(_BLOB.fullmatch(text) for text in _json.strings(value)):
        visitor.unreadable("file", "encoded data in a field of unknown name")
    return rewrite(value, visitor)


def _unreadable(key: str, value: Json, visitor: RequestVisitor, siblings: Mapping[str, Json]) -> Json:
    if isinstance(value, dict) and key in OBJECTS:
        return sent_fields(value, visitor, key)
    images = str(siblings.get("media_type", "")).startswith("image/")
    visitor.unreadable(PERMISSIONS.get(key, "image" if images else "file"), f"the field {key!r}")
    return value


_WAYS: Mapping[FieldClass | None, Callable[[str, Json, RequestVisitor], Json]] = {
    "text": _text,
    "object": _text,
    "own": lambda key, value, visitor: rewrite(value, visitor),
    "schema": lambda key, value, visitor: rewrite(value, visitor, SCHEMA_NAMES),
    "keyed": _keyed,
    "name": _named,
    "identifier": _named,
    "number": lambda key, value, visitor: _counted(value, visitor),
    "opaque": _opaque,
    "credential": _credential,
    None: _unknown,
}
