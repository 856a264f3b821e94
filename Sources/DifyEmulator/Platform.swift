public import DifyProtocol
import GRDB
public import Logging
import Synchronization

/// A Dify platform in one process: workspaces in SQLite, and the answers to a plugin's reverse calls.
///
/// ```swift
/// let platform = try Platform(seeds: [.file("seeds/demo.yaml")])
/// for try await message in platform.session().tool.invokeBuiltinTool(
///     provider: "langgenius/google/google", toolName: "google_search", parameters: ["query": "swift"]) {
///     print(message.text ?? "")
/// }
/// ```
///
/// Calls are answered from memory; the store is read when it changes.
public final class Platform: Sendable {
    /// How a platform behaves.
    public struct Options: Sendable {
        /// Whether a tool without a reply answers with a marked placeholder instead of an error.
        public var isLenient = false
        /// Whether models, apps and nodes without a reply refuse as tools do, instead of making an answer up.
        public var isStrictForAll = false
        /// Whether the places where Dify cannot answer are answered usefully.
        public var quirks = Quirk.Treatment.useful
        /// Where time comes from.
        public var clock: any PlatformClock = RealClock()
        /// The workspace that is meant when none is named; nil for the first seed's, else the store's first.
        public var workspace: String?
        /// Whether a store and a workspace that do not exist are made; otherwise they are errors.
        public var createsMissing = true
        /// Whether seeds replace what the workspaces hold instead of being merged into it.
        public var replacesEntries = false
        /// Which hosts custom tools may really call.
        public var live = LiveAccess.none
        /// The release of Dify to imitate; nil for the one that the workspace has stored, else the current one.
        public var profile: Profile?
        /// Where reloading problems are told.
        public var logger = Logger(label: "dify-emulator")

        /// The defaults: strict, the machine's clock.
        public init() {}
    }

    /// Most workspaces that one store holds. Names come from callers, so there must be a bound.
    public static let maximumWorkspaces = 100_000

    /// How the platform behaves.
    public let options: Options
    /// The workspace that is meant when none is named.
    public let defaultWorkspace: Workspace
    let store: Store
    private let workspaces: Mutex<[String: Workspace]>
    private let revision: Mutex<Int>
    private let watcher: Mutex<StoreWatcher?> = Mutex(nil)
    private let base = Mutex("http://127.0.0.1:5002")

    /// Opens a store, loads seeds into it and is ready for calls.
    ///
    /// - Throws: ``StoreError`` for a store that cannot be used, ``SeedError`` with every mistake of the seeds; then
    ///   nothing was written.
    public init(
        _ location: Store.Location = .inMemory, seeds: [SeedSource] = [], options: Options = Options()
    ) throws {
        self.options = options
        if !seeds.isEmpty, Store.isMissing(location) {
            // Tried in memory first, so that a mistake in a seed leaves no file behind.
            _ = try Store(.inMemory, creates: true).load(
                seeds, into: options.workspace, replacing: false, profile: options.profile)
        }
        store = try Store(location, creates: options.createsMissing || !seeds.isEmpty)
        let loaded = try store.load(
            seeds, into: options.workspace, replacing: options.replacesEntries, profile: options.profile)
        let names = try store.workspaceNames()
        let name = options.workspace ?? loaded.first ?? names.first ?? "default"
        guard options.createsMissing || names.contains(name) || names.isEmpty else {
            let nearest = Nearest.matches(name, in: names).first.map { "; did you mean \($0)?" } ?? "."
            throw StoreError(
                "\(store.name): there is no workspace \(name)\(nearest) It has \(names.prefix(20).joined(separator: ", "))"
            )
        }
        try store.keepWorkspace(
            name, basedOn: nil, profile: options.profile, changes: options.createsMissing || !seeds.isEmpty)
        defaultWorkspace = Workspace(name: name, catalog: try store.catalog(of: name, basedOn: nil))
        workspaces = Mutex([name: defaultWorkspace])
        revision = Mutex(try store.revision())
    }

    // MARK: - The one door

    /// Answers a reverse call: permission, parse, resolve, then script, reply or derived answer.
    ///
    /// Nothing here throws: whatever is wrong becomes an error event, as it does in Dify.
    ///
    /// - Parameter caller: Who calls; nil for whom the workspace names.
    public func answer(_ invocation: Invocation, in workspace: Workspace, from caller: Caller? = nil) -> Answer {
        let catalog = workspace.catalog
        let caller = caller?.completed(by: catalog.state.caller) ?? catalog.state.caller
        if let denial = catalog.permission(of: caller.plugin).denial(of: invocation.type) {
            let note = "the plugin \(caller.plugin) calls, and its `permission` in the seed does not allow this"
            return failed(denial, call: invocation.type, notes: [note])
        }
        let call: CheckedInvocation
        do {
            call = try CheckedInvocation(invocation, refusesBooleanParameters: options.quirks == .dify)
        } catch {
            let meetsQuirk = options.quirks == .dify && error.message.contains("'oneof'")
            let isExtractor = invocation.type == .parameterExtractor
            let notes = isExtractor && meetsQuirk ? [Quirk.booleanParameter.note(.dify)] : []
            return failed(error.message, call: invocation.type, notes: notes)
        }
        let context = CallContext(
            workspace: workspace, catalog: catalog, caller: caller, platform: self, invocation: invocation)
        let answer = context.answer(call)
        guard let note = catalog.note(onUnknown: caller.plugin) else { return answer }
        var diagnosis = answer.diagnosis
        diagnosis.notes.append(note)
        return Answer(diagnosis: diagnosis, events: answer.events)
    }

    private func failed(_ message: String, call: InvocationType, notes: [String] = []) -> Answer {
        Answer(
            [.error(message)], Diagnosis(call: call.rawValue, source: .refusal, notes: notes), clock: options.clock)
    }

    // MARK: - Workspaces

    /// The workspace with a name. A new name starts with the entries of the default workspace and its own counters.
    ///
    /// - Throws: ``StoreError`` for a name that is not valid, or when the store takes no more.
    public func workspace(named name: String) throws(StoreError) -> Workspace {
        if let open = workspaces.withLock({ $0[name] }) { return open }
        guard WorkspaceName.isValid(name) else { throw StoreError(WorkspaceName.rule(name)) }
        let opened = Workspace(name: name, catalog: try store.catalog(of: name, basedOn: defaultWorkspace))
        let (workspace, isFull) = workspaces.withLock { workspaces in
            if let other = workspaces[name] { return (other, false) }
            guard workspaces.count < Self.maximumWorkspaces else { return (opened, true) }
            workspaces[name] = opened
            return (opened, false)
        }
        guard !isFull else {
            throw StoreError("there are \(Self.maximumWorkspaces) workspaces and no room for more; start anew")
        }
        if workspace === opened { keep(name) }
        return workspace
    }

    /// Writes a new workspace down, behind the call that it was made for: another process may hold the store locked.
    private func keep(_ name: String) {
        Task.detached { [store, defaultWorkspace, logger = options.logger] in
            do {
                try store.keepWorkspace(name, basedOn: defaultWorkspace.name)
            } catch {
                logger.error("workspace \(name) is not kept: \(error)")
            }
        }
    }

    /// The workspace with a tenant's id: an open one, or one that the store remembers.
    func workspace(tenant: String) -> Workspace? {
        if let open = workspaces.withLock({ $0.values.first { $0.tenantID.description == tenant } }) { return open }
        let name = try? store.workspaceName(tenant: tenant)
        return name.flatMap { try? workspace(named: $0) }
    }

    /// A session in a workspace: the face that plugin code knows as `self.session`.
    ///
    /// - Parameter caller: Who calls; nil for whom the workspace names.
    public func session(in workspace: Workspace? = nil, as caller: Caller? = nil) -> Session {
        Session(platform: self, workspace: workspace ?? defaultWorkspace, caller: caller)
    }

    /// The address below which uploads are taken and files are served: that of the server which serves this platform.
    package var filesBase: String {
        get { base.withLock { $0 } }
        set { base.withLock { $0 = newValue } }
    }

    /// A workspace as a seed file that loads to the same workspace.
    ///
    /// - Throws: ``StoreError`` when the store cannot be read.
    public func export(_ workspace: Workspace) throws -> SeedExport { try store.export(workspace.name) }

    // MARK: - Changes by others

    /// Follows what other processes write to the store's file, within about 100 ms. A store in memory has no others.
    ///
    /// - Throws: ``StoreError`` when the file cannot be watched.
    public func followChanges() throws(StoreError) {
        guard case .file(let path) = store.location else { return }
        do {
            let started = try StoreWatcher(path: path) { [weak self] in self?.reload() }
            watcher.withLock { $0 = started }
            // What was written between the first reading and now.
            reload()
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Reads all open workspaces anew when the store was seeded since. One that cannot be read stays as it was, and the
    /// log says why.
    func reload() {
        revision.withLock { known in
            guard let current = try? store.revision(), current != known else { return }
            known = current
            let open = workspaces.withLock { Array($0.values) }
            read([defaultWorkspace] + open.filter { $0 !== defaultWorkspace })
        }
    }

    /// Changes the store and publishes what comes of it, before anything else is published.
    ///
    /// - Parameter change: Changes the workspace's entries.
    func publish<Value: Sendable>(
        _ workspace: Workspace, _ change: () throws -> EditedWorkspace<Value>
    ) throws -> EditedWorkspace<Value> {
        try revision.withLock { known in
            let edited = try change()
            workspace.catalog = edited.catalog
            // A change by another process that was not noticed yet still will be.
            if edited.revision == known + 1 { known = edited.revision }
            if workspace === defaultWorkspace {
                let open = workspaces.withLock { Array($0.values) }
                read(open.filter { $0 !== defaultWorkspace })
            }
            return edited
        }
    }

    /// Reads workspaces anew. One that cannot be read stays as it was, and the log says why.
    private func read(_ changed: [Workspace]) {
        for workspace in changed {
            do {
                workspace.catalog = try store.catalog(of: workspace.name, basedOn: defaultWorkspace)
            } catch {
                options.logger.error("workspace \(workspace.name) was changed and cannot be read: \(error)")
            }
        }
    }
}
