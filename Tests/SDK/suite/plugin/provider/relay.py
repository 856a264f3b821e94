from typing import Any

from dify_plugin import ToolProvider


class RelayProvider(ToolProvider):
    """The provider, which needs no credentials."""

    def _validate_credentials(self, credentials: dict[str, Any]) -> None:
        """Accept whatever there is."""
