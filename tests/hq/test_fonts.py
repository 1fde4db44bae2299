"""HQ's page on a machine without Chinese fonts."""

import requests


def test_the_page_lends_the_kiosks_font(hq: str) -> None:
    """Members' names would be boxes in a browser that has no Chinese font."""
    style = requests.get(f"{hq}/hq.css", timeout=10).text
    assert "url(/fonts/400)" in style
    assert requests.get(f"{hq}/fonts/400", timeout=10).headers["content-type"].startswith("font/")
    assert requests.get(f"{hq}/fonts/123", timeout=10).status_code == 404
