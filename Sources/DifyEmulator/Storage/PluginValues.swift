/// The values of one plugin in one workspace, by the path of their key.
protocol PluginValues {
    /// The value; nil when there is none.
    func value(at path: String) throws -> [UInt8]?

    /// The value's size in bytes; nil when there is none.
    func size(at path: String) throws -> Int?

    /// Whether there are values whose path starts with this one: `a/b` lies below `a`, everything below the empty path.
    func hasValues(below path: String) throws -> Bool

    /// How many bytes count against the plugin's limit.
    func usedBytes() throws -> Int

    /// Puts a value down.
    ///
    /// - Parameter counts: Whether it counts against the limit from now on, in place of what was there.
    mutating func keep(_ value: [UInt8], at path: String, counts: Bool) throws

    /// Removes a value.
    mutating func remove(at path: String) throws

    /// Removes all values below a path.
    mutating func removeValues(below path: String) throws
}
