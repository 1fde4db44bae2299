"""HQ's page on a machine without Chinese fonts."""

import requests


def test_the_page_lends_the_kiosks_font(hq: str) -> None:
    """Members' names would be boxes in a browser that has no Chinese font."""
    style = requests.get(f"{hq}/hq.css", timeout=10).text
    assert "url(/fonts/400)" in style
    assert requests.get(f"{hq}/fonts/400", timeout=10).headers["content-type"].startswith("font/")
    assert requests.get(f"{hq}/fonts/123", timeout=10).status_code == 404


def test_a_phone_may_fetch_the_font_of_its_form_and_nothing_else(hq: str) -> None:
    """A form's Chinese would be boxes, or the font's path would open HQ's pages to anybody."""
    phone = {"Host": "192.0.2.7:8801"}  # RFC 5737: an address for examples
    assert requests.get(f"{hq}/fonts/700", headers=phone, timeout=10).status_code == 200
    for path in ("/", "/hq.css", "/fonts", "/members/m-000001"):
        assert requests.get(f"{hq}{path}", headers=phone, timeout=10).status_code == 403
