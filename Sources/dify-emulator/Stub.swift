import ArgumentParser
import GRDB
import Hummingbird
import Mustache
import Yams
@main struct X { static func main() {} }
