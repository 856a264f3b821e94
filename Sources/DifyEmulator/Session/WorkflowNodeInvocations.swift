public import DifyProtocol

/// Calls of single nodes of workflows, named as in the SDK (`session.workflow_node`).
public struct WorkflowNodeInvocations: Sendable {
    let session: Session

    /// The node that finds parameters in a text.
    public var parameterExtractor: ParameterExtractorInvocations { ParameterExtractorInvocations(session: session) }
    /// The node that puts a text into a class.
    public var questionClassifier: QuestionClassifierInvocations { QuestionClassifierInvocations(session: session) }
}

/// Calls of the parameter extractor (`session.workflow_node.parameter_extractor`).
public struct ParameterExtractorInvocations: Sendable {
    let session: Session

    /// Finds parameters in a text: ``NodeResult/outputs`` holds each of them beside `__is_success` and `__reason`.
    ///
    /// - Parameters:
    ///   - parameters: What to find.
    ///   - model: The model that reads the text.
    ///   - query: The text.
    ///   - instruction: What the model should keep in mind.
    /// - Throws: ``InvocationError``.
    public func invoke(
        parameters: [ExtractedParameter], model: NodeModel, query: String, instruction: String = ""
    ) async throws -> NodeResult {
        let call = ParameterExtractorInvocation(
            parameters: parameters, model: model, query: query, instruction: instruction)
        return try await session.responses(to: call.invocation, as: NodeResult.init(wire:))
            .first(orThrow: "No response from workflow node parameter extractor")
    }
}

/// Calls of the question classifier (`session.workflow_node.question_classifier`).
public struct QuestionClassifierInvocations: Sendable {
    let session: Session

    /// Puts a text into a class: ``NodeResult/outputs`` holds its `class_name` and `class_id`.
    ///
    /// - Parameters:
    ///   - classes: The classes; Dify's node breaks on an empty list.
    ///   - model: The model that reads the text.
    ///   - query: The text.
    ///   - instruction: What the model should keep in mind.
    /// - Throws: ``InvocationError``.
    public func invoke(
        classes: [QuestionClass], model: NodeModel, query: String, instruction: String = ""
    ) async throws -> NodeResult {
        let call = QuestionClassifierInvocation(classes: classes, model: model, query: query, instruction: instruction)
        return try await session.responses(to: call.invocation, as: NodeResult.init(wire:))
            .first(orThrow: "No response from workflow node question classifier")
    }
}
