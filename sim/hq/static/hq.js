// Fetches the page again every few seconds and exchanges only the parts that are alive,
// so that neither the place on the page nor a half-typed search is lost.
const EVERY_MS = 3000;

async function refresh() {
  const stale = document.getElementById("stale");
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const next = fresh.getElementById(part.id);
      if (next && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
    }
    stale.hidden = true;
  } catch {
    stale.hidden = false;
  }
}

setInterval(() => document.hidden || refresh(), EVERY_MS);

// A chart that nobody has asked for yet takes a while: its place says so until it is there.
for (const chart of document.querySelectorAll(".chart")) {
  const image = chart.querySelector("img");
  const stop = () => chart.classList.remove("drawing");
  chart.classList.toggle("drawing", !image.complete);
  image.addEventListener("load", stop);
  image.addEventListener("error", stop);
}
