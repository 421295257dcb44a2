"""A real browser on the pages below /docs: it gets a token in the page's form, and sends every call that the page offers.

Each call is answered, whether by what was asked for or by a refusal that the contract knows; nothing fails in the page, and
nothing is asked of any other server. Calls whose form is filled in completely must be answered with what was asked for.
Usage: pages.py SANDBOX_JSON
"""

import re

from playwright.sync_api import sync_playwright

from world import TIMEOUT_SECONDS, World, check, expect

CHROMIUM = "/usr/bin/chromium"
# A page, whose client, and calls that stand on nothing made before.
PAGES = (
    ("tenant-api", "tenant", ("GET /v1/suppliers", "GET /v1/service-orders", "POST /v1/service-orders", "POST /v1/quote")),
    ("supplier-api", "wholesale", ("GET /wholesale/v1/addresses", "POST /wholesale/v1/quote")),
    ("supplier-updates-api", "supplier", ()),
)


def wait_for_text(locator):
    locator.filter(has_text=re.compile(r"\S")).wait_for()
    return locator.locator("p").first.inner_text()


def try_page(browser, world, name, client, wanted):
    base = world.told["tenant"]["baseURL"].removesuffix("/v1")
    page = browser.new_page()
    page.set_default_timeout(TIMEOUT_SECONDS * 1000)
    failures, elsewhere = [], []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(base) else None)
    page.goto(f"{base}/docs/{name}")

    told = world.told[client]
    page.fill("#client-id", told["clientId"])
    page.fill("#client-secret", told["clientSecret"])
    page.click("form.token button")
    said = wait_for_text(page.locator("form.token output"))
    expect(said.startswith("You have a token"), f"{name}: the page gets a token", said)

    answers = {}
    forms = page.locator("form.try").all()
    expect(forms, f"{name} offers calls")
    for form in forms:
        form.locator("summary").first.click()
        for number in form.locator("input[data-in=path]").all():
            if not number.input_value():
                number.fill("1")
        form.locator("button[type=submit]").click()
        said = wait_for_text(form.locator("output"))
        answered = re.match(r"(\w+ [^ ?]+)\S* was answered (\d{3}) in \d+ ms\.$", said)
        expect(answered, f"{name}: a call is answered", said)
        answers[answered[1]] = int(answered[2])
    unexpected = {call: status for call, status in answers.items() if status >= 500 or status in (401, 403, 405, 406, 415)}
    expect(not unexpected, f"{name}: no call fails by the page's fault or the server's", unexpected)
    expect(len(answers) == len(forms), f"{name}: each form sends a call of its own", len(answers), len(forms))
    for call in wanted:
        expect(answers.get(call) in (200, 201), f"{name}: {call} does what was asked", answers.get(call))
    expect(not failures, f"{name}: nothing fails in the page", *failures)
    expect(not elsewhere, f"{name}: nothing is asked of another server", *elsewhere)
    page.close()
    return len(answers)


def main(path):
    world = World(path)
    with sync_playwright() as playwright:
        # Its own sandbox needs what a container's root may not do; it sees pages of ours alone.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            count = sum(try_page(browser, world, *page) for page in PAGES)
        finally:
            browser.close()
    print(f"interop: a browser got tokens and sent {count} calls from the pages below /docs.")


if __name__ == "__main__":
    check(main)
