// Calls take and give the protocol's values, so that a program which embeds the platform needs one import.
@_exported public import DifyProtocol
