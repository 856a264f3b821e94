import DifyProtocol

/// The keywords for numbers and texts.
extension SchemaCheck {
    static func accepts(_ number: JSONNumber, _ schema: JSONObject) -> Bool {
        let isInside =
            schema.schemaBounds("minimum", exclusive: "exclusiveMinimum").allSatisfy { $0.allowsAbove(number) }
            && schema.schemaBounds("maximum", exclusive: "exclusiveMaximum").allSatisfy { $0.allowsBelow(number) }
        guard isInside, let divisor = schema.schemaDivisor else { return isInside }
        if let number = number.integer, let divisor = divisor.integer { return number % divisor == 0 }
        // By division, as Python's validator does it, when the divisor is a fraction: 0.3 is three times 0.1.
        guard !divisor.isInteger else { return number.double.remainder(dividingBy: divisor.double) == 0 }
        let quotient = number.double / divisor.double
        return quotient == quotient.rounded()
    }

    mutating func accepts(_ text: String, _ schema: JSONObject) -> Bool {
        let count = text.unicodeScalars.count
        if let minimum = schema.schemaCount("minLength"), count < minimum { return false }
        if let maximum = schema.schemaCount("maxLength"), count > maximum { return false }
        guard let expression = schema["pattern"]?.string else { return true }
        return isFound(expression, in: text) ?? true
    }
}
