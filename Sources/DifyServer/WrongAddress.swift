import HTTPTypes
import Hummingbird

/// Answers calls to addresses that do not exist in a form that the SDK can read.
struct WrongAddress: RouterMiddleware {
    let transaction: TransactionEndpoint

    func handle(
        _ request: Request, context: BasicRequestContext,
        next: (Request, BasicRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && request.method == .post {
            return transaction.refuseAddress(request.uri.path)
        }
    }
}
