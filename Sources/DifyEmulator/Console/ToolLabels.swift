import DifyProtocol

/// The labels that a tool provider can carry (`api/core/tools/entities/values.py`, Dify 1.14.2).
enum ToolLabels {
    /// In Dify's order: the name, and what people read in English and in Chinese.
    private static let all: [(name: String, english: String, chinese: String)] = [
        ("search", "Search", "搜索"), ("image", "Image", "图片"), ("videos", "Videos", "视频"),
        ("weather", "Weather", "天气"), ("finance", "Finance", "金融"), ("design", "Design", "设计"),
        ("travel", "Travel", "旅行"), ("social", "Social", "社交"), ("news", "News", "新闻"),
        ("medical", "Medical", "医疗"), ("productivity", "Productivity", "生产力"), ("education", "Education", "教育"),
        ("business", "Business", "商业"), ("entertainment", "Entertainment", "娱乐"), ("utilities", "Utilities", "工具"),
        ("other", "Other", "其他"), ("rag", "RAG", "RAG"),
    ]

    /// The labels that Dify knows, each once. Dify keeps them in no order of their own; here it is the given one.
    static func known(_ labels: [String]) -> [String] {
        var seen: Set<String> = []
        return labels.filter { label in all.contains { $0.name == label } && seen.insert(label).inserted }
    }

    /// The list as the console gives it. The pictures are the emulator's own.
    static var json: JSONValue {
        .array(
            all.map { label in
                [
                    "name": .string(label.name), "label": LocalizedText(label.english, chinese: label.chinese).json,
                    "icon": .string(ConsoleIcon.picture),
                ]
            })
    }
}
