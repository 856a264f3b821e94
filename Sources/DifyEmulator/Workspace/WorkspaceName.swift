/// Names of workspaces, which stand in addresses (`/w/NAME`).
public enum WorkspaceName {
    /// Whether a name is 1 to 200 characters of `A-Z a-z 0-9 . _ : [ ] -`.
    public static func isValid(_ name: String) -> Bool {
        (1...200).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "A"..."Z", "a"..."z", "0"..."9", ".", "_", ":", "[", "]", "-": true
                default: false
                }
            }
    }

    /// What to say about a name that is not valid.
    static func rule(_ name: String) -> String {
        "a workspace's name is 1 to 200 characters of A-Z a-z 0-9 . _ : [ ] -, not \"\(name.prefix(210))\""
    }
}
