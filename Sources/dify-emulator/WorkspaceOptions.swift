import ArgumentParser
import DifyEmulator

/// Which workspace a command is about.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The SQLite file to use; without it the workspace lives in memory.", valueName: "file"))
    var store: String?

    @Option(help: ArgumentHelp("A seed file to load; may repeat.", valueName: "file"))
    var seed: [String] = []

    @Option(help: ArgumentHelp("The workspace; by default the seed's, or the store's first.", valueName: "name"))
    var workspace: String?

    @OptionGroup var imitated: ProfileOption

    var location: Store.Location { store.map(Store.Location.file) ?? .inMemory }

    func validate() throws {
        if let workspace, !WorkspaceName.isValid(workspace) {
            throw ValidationError("--workspace is 1 to 200 characters of A-Z a-z 0-9 . _ : [ ] -")
        }
    }

    /// The platform with the store opened and the seeds loaded.
    ///
    /// - Parameter creates: Whether a store and a workspace that do not exist are made; otherwise they are errors.
    func platform(_ options: Platform.Options = Platform.Options(), creates: Bool = false) throws -> Platform {
        var options = options
        options.workspace = workspace
        imitated.profile?.apply(to: &options)
        options.createsMissing = creates || (store == nil && workspace == nil)
        options.logger = ConsoleLog.logger()
        if store == nil, seed.isEmpty {
            Console.note("Neither --seed nor --store is given: this workspace holds Dify's own tools only.")
        }
        return try Platform(location, seeds: seed.map(SeedSource.file), options: options)
    }
}
