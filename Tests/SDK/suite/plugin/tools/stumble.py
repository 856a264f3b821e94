from collections.abc import Generator
from typing import Any

from dify_plugin import Tool
from dify_plugin.entities.tool import ToolInvokeMessage

PETSTORE = "0b7a5b62-7c0e-4d3f-9a68-2a3f3d0c9e11"


class StumbleTool(Tool):
    """A tool that survives one failed call, and not the next."""

    def _invoke(self, tool_parameters: dict[str, Any]) -> Generator[ToolInvokeMessage, None, None]:
        """Tell of a refusal, then break off where another tool does."""
        tool = self.session.tool
        try:
            yield from tool.invoke_api_tool(PETSTORE, "listpets", {})
        except Exception as error:
            yield self.create_text_message(str(error))
        yield from tool.invoke_builtin_tool("acme/failing/failing", "after_one", {})
