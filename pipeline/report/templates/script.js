(function () {
  "use strict";
  var root = document.documentElement;
  function choose(lang) {
    root.lang = lang;
    root.dataset.lang = lang;
    document.title = root.dataset["title" + (lang === "en" ? "En" : "Th")];
    document.querySelectorAll("[data-choose]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.dataset.choose === lang));
    });
  }
  var remembered = null;
  /* A page opened from a file share may not be allowed to remember anything. */
  try { remembered = localStorage.getItem("ita-lang"); } catch (error) { remembered = null; }
  var asked = /(?:^|[#&])lang=(th|en)/.exec(location.hash);
  choose(asked ? asked[1] : remembered === "en" ? "en" : "th");
  document.querySelectorAll("[data-choose]").forEach(function (button) {
    button.addEventListener("click", function () {
      choose(button.dataset.choose);
      try { localStorage.setItem("ita-lang", button.dataset.choose); } catch (error) { return; }
    });
  });
})();
