import Testing
import TroupePlan

@Suite struct DurationTextTests {
  @Test(arguments: [
    (Duration.zero, "PT0S"), (.seconds(90), "PT1M30S"), (.seconds(3_600), "PT1H"),
    (.milliseconds(250), "PT0.25S"), (.nanoseconds(1), "PT0.000000001S"),
    (.seconds(86_400 * 3), "PT72H"), (.seconds(-5), "-PT5S"),
    (Duration(secondsComponent: 1, attosecondsComponent: 1), "PT1.000000000000000001S"),
    (.seconds(-1.5), "-PT1.5S"), (.seconds(Int64.max), "PT2562047788015215H30M7S"),
    (.seconds(Int64.max / 8_000), "PT320255973501H54M6S"),
    (.seconds(Int64.min), "-PT2562047788015215H30M8S"),
  ])
  func aDurationIsWrittenExactlyAndReadBack(_ duration: Duration, _ text: String) {
    #expect(DurationText.iso(duration) == text)
    #expect(DurationText.parse(iso: text) == duration)
  }

  @Test(arguments: [
    "", "PT", "P1D", "PT1", "PT1S1M", "PTxS", "PT1.S", "PT1.5M", "1S", "PT-1S",
    "PT2562047788015215H30M8S", "PT9223372036854775808S", "PT9223372036854775807H",
  ])
  func whatIsNoDurationIsRefused(_ text: String) {
    #expect(DurationText.parse(iso: text) == nil)
  }

  @Test(arguments: [
    (Duration.milliseconds(250), "250 ms"), (.seconds(3.5), "3.5 s"), (.seconds(600), "10 min"),
    (.seconds(5_400), "1 h 30 min"), (.seconds(86_400 * 2), "2 d"), (.zero, "0 s"),
    (.microseconds(1_500), "1500 µs"),
  ])
  func theShortFormReadsWell(_ duration: Duration, _ text: String) {
    #expect(DurationText.short(duration) == text)
  }

  @Test(arguments: [
    ("10 min", Duration.seconds(600)), ("90 s", .seconds(90)), ("PT1H30M", .seconds(5_400)),
    ("250 ms", .milliseconds(250)), ("2 h 30 min", .seconds(9_000)), ("1.5h", .seconds(5_400)),
    ("0.000001 s", .microseconds(1)), ("2d 1h", .seconds(176_400)), ("7 µs", .microseconds(7)),
    ("7us", .microseconds(7)), (" 0 s ", .zero),
  ])
  func whatAPersonWritesIsRead(_ text: String, _ duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test(arguments: [
    "", " ", "10", "min", "10 minutes", "-5 s", "-PT5S", "1 min 1 h", "1 s 1 s", "1. s", ".5 s",
    "1.0000001 s", "1e3 s", "5 s!", "½ h", "99999999999 s",
  ])
  func whatNobodyCanMeanIsRefused(_ text: String) {
    #expect(DurationText.parse(text) == nil)
  }
}
