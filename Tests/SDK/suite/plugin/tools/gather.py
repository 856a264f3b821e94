from collections.abc import Generator
from typing import Any

from dify_plugin import Tool
from dify_plugin.entities.tool import ToolInvokeMessage

SUMMARIZE_REPORT = "7d1c2b9e-6f0a-4c53-9d55-0f3f6a1f2b10"
PETSTORE = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"


class GatherTool(Tool):
    """A tool that asks others, one of each kind, and passes on all that they say."""

    def _invoke(self, tool_parameters: dict[str, Any]) -> Generator[ToolInvokeMessage, None, None]:
        """Call a builtin tool, a workflow, and a custom tool by `operationId` and by a generated name."""
        topic = tool_parameters["topic"]
        tool = self.session.tool
        yield self.create_text_message(f"about {topic}")
        yield from tool.invoke_builtin_tool("langgenius/google/google", "google_search", {"query": topic})
        yield from tool.invoke_workflow_tool(SUMMARIZE_REPORT, "summarize_report", {"report": topic})
        yield from tool.invoke_api_tool(PETSTORE, "searchPets", {"q": topic})
        yield from tool.invoke_api_tool(PETSTORE, "petspetId_get", {"petId": 7})
