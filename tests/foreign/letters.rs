//! Links in mail: quoted, folded at line ends, encoded for transport.

use super::{changed, reading, refused};
use kt_capacity::import::{Kind, Unreadable};

#[test]
fn a_link_that_lines_break_is_found_whole() {
    let plain = "https://a.example/#v=1&requests-per-day=200000&growth=3";
    let expected = changed(&reading(plain));
    assert_eq!(expected["workloads"][0]["requests"], 200_000);
    assert_eq!(expected["growth"], 3);
    for text in [
        // Quoted in an answer, once and twice.
        "> https://a.example/#v=1&requests-per-\n> day=200000&growth=3\n",
        "Ann wrote:\n>> see https://a.example/#v=1&requests-per-\n>> day=200000&growth=3 there\n",
        "| https://a.example/#v=1&requests-per- \r\n| day=200000&growth=3\r\n",
        // In quotes and brackets, wherever the line ends.
        "Look at \"https://a.example/#v=1&requests-per-day=200\n000&growth=3\" please\n",
        "<https://a.example/plan#v=1&requests-per-day=200000&grow\nth=3>.\n",
        "(https://a.example/#v=1&requests-per-day=2\n0000\n0&growth=3)\n",
        "see “https://a.example/#v=1&requests-per-day=200000&growth=\n3”\n",
        // Over three lines without any sign.
        "See https://a.example/#v=1\n&requests-per-\nday=200000&growth=3\n",
        // Encoded for the way, with a line's end inside the version, and of the sign before it.
        "https://a.example/#v=\n=3D1&requests-per-day=3D200=\n000&growth=3D3",
        "https://a.example/=23v=3D1&requests-per-day=3D200000&grow=\r\nth=3D3\r\n",
        // As people, chats and pages write it.
        "[the plan](https://a.example/#v=1&requests-per-day=200000&growth=3), as said\n",
        "<https://a.example/#v=1&requests-per-day=200000&growth=3|the plan>\n",
        "<a href=\"https://a.example/#v=1&amp;requests-per-day=200000&amp;growth=3\">plan</a>\n",
        "{code}\nhttps://a.example/#v=1&requests-per-day=200000&growth=3\n{code}\n",
        "Link=https://a.example/#v=1&requests-per-day=200000&growth=3\n",
        // What stands below is none of it.
        "https://a.example/#v=1&requests-per-day=200000&growth=3\nThanks\n",
        "https://a.example/#v=1&requests-per-day=200000&growth=3\nCC: x=1\n",
        "https://a.example/#v=1&requests-per-day=200000&growth=3\n5\n",
    ] {
        let read = reading(text);
        assert_eq!(read.kinds, [Kind::Link], "{text}");
        assert_eq!(changed(&read), expected, "{text}");
        assert!(read.left.is_empty(), "{text}: {:?}", read.left);
    }
    // A line as wide as programs fold at goes on with digits.
    let wide = "https://a-rather-long-name.example/capacity/#v=1&growth=3&requests-per-day=20\n\
                0000\n";
    assert_eq!(changed(&reading(wide)), expected);
}

#[test]
fn of_two_links_of_a_text_the_second_is_told_as_it_is() {
    let read =
        reading("[A](https://a.example/#v=1&growth=4), [B](https://a.example/#v=1&growth=9).");
    assert_eq!(changed(&read)["growth"], 4);
    let places: Vec<&str> = read.left.iter().map(|left| &*left.place).collect();
    assert_eq!(places, ["#v=1&growth=9"]);
}

#[test]
fn a_link_that_cannot_be_mended_is_told() {
    for text in [
        "> https://a.example/#v=1&requests-per-\n> week=2&growth=3\n",
        "See https://a.example/#v=1&growth=3\nrequests=x&y=2\n",
    ] {
        assert_eq!(refused(text), Unreadable::Cut, "{text}");
    }
}

/// As much as a scenario holds, in a link three times as long as a page reads from others.
#[test]
fn no_bound_of_links_cuts_what_a_command_or_a_file_has() {
    let name = "%C3%A9".repeat(110);
    let row = |index: u32| format!("&w={name}{index},{}/day,1000,100", 100 + index);
    let rows: String = (0..200).map(row).collect();
    let provider =
        |index: u32| format!("&p=custom,m{index},,1,name:{name}{index},rpm:{}", 1 + index);
    let providers: String = (0..200).map(provider).collect();
    let link = format!("https://a.example/#v=1{rows}{providers}");
    assert!(250_000 < link.len());
    for text in [
        link.clone(),
        format!("> {link}\n"),
        format!("kt capacity estimate --link '{link}' --json"),
    ] {
        let read = reading(&text);
        assert!(read.left.is_empty(), "{:?}", read.left.first());
        let (workloads, rows) = (&read.scenario.workloads, &read.scenario.providers);
        assert_eq!((workloads.len(), rows.len()), (200, 200));
        assert_eq!(rows[199].limits.rpm, Some(200.0));
        assert_eq!(workloads[199].name, format!("{}199", "é".repeat(110)));
    }
}
