// Moves all figures of a run to the moment that a slider shows. Without this file the figures show its stages.
(() => {
  const section = document.getElementById("film");
  const { moments, scenes } = JSON.parse(document.getElementById("film-frames").textContent);
  const slider = document.getElementById("film-time");
  const output = document.getElementById("film-moment");
  const play = document.getElementById("film-play");
  const drawings = [...section.querySelectorAll(".scene svg")];
  const targets = drawings.map((svg, n) => svg.querySelector(scenes[n].cells ? ".cells" : ".moving"));

  const show = (frame) => {
    output.textContent = moments[frame];
    slider.setAttribute("aria-valuetext", moments[frame]);
    scenes.forEach(({ cells, frames }, n) => {
      if (cells) {
        [...targets[n].children].forEach((cell, place) => {
          cell.setAttribute("class", `cell h${parseInt(frames[frame][place], 16)}`);
        });
      } else {
        targets[n].innerHTML = frames[frame];
      }
    });
  };

  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "Play";
  };
  const step = () => {
    if (Number(slider.value) >= moments.length - 1) return stop();
    slider.value = Number(slider.value) + 1;
    show(Number(slider.value));
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (Number(slider.value) >= moments.length - 1) slider.value = 0;
    show(Number(slider.value));
    timer = setInterval(step, 120);
    play.textContent = "Pause";
  });
  slider.addEventListener("input", () => {
    stop();
    show(Number(slider.value));
  });

  // Nothing moves by itself for those who do not want it.
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
  show(Number(slider.value));
  section.hidden = false;
})();
