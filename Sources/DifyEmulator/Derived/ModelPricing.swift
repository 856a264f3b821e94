/// What a model costs, as decimal texts, the way Dify's model declarations give it.
struct ModelPricing: Sendable, Hashable {
    /// Price of one unit of prompt tokens.
    var input = "0"
    /// Price of one unit of completion tokens.
    var output = "0"
    /// What a token is of that unit: `0.000001` when prices are for a million tokens.
    var unit = "0"
    var currency = "USD"

    /// The price of so many tokens: tokens times price times unit, rounded half up to seven decimals
    /// (`AIModel.get_price`). Texts that are no price cost nothing.
    static func price(of tokens: Int, at unitPrice: String, unit: String) -> DecimalAmount {
        guard let price = DecimalAmount(unitPrice), let unit = DecimalAmount(unit),
            let amount = price.multiplied(by: unit)?.multiplied(by: tokens)
        else { return .zero }
        return amount.rounded(to: 7)
    }
}
