"use strict";
// Walks survey-core through forms as a person would, and tells how it stands after every step.
const { core, encoded, answerAll } = require("./frozen.js");
require("survey-core/i18n/simplified-chinese");

// A figure that is a list would be the question's own list, and change behind the survey's back.
const setVariable = core.SurveyModel.prototype.setVariable;
core.SurveyModel.prototype.setVariable = function (name, value) {
  return setVariable.call(this, name, Array.isArray(value) ? [...value] : value);
};

const CHOOSING = ["radiogroup", "dropdown", "checkbox", "imagepicker"];

function isThere(question) {
  return question.isVisible && question.isParentVisible && !question.isReadOnly;
}

function isOffered(question, value) {
  const type = question.getType();
  if (value === undefined || value === null) return true;
  if (type === "expression") return false;
  if (type === "boolean") return [question.getValueTrue(), question.getValueFalse()].includes(value);
  if (type === "rating") return question.visibleRateValues.some((item) => item.value === value);
  if (!CHOOSING.includes(type)) return true;
  const several = type === "checkbox" || (type === "imagepicker" && question.multiSelect);
  if (several !== Array.isArray(value)) return false;
  const most = question.maxSelectedChoices || 0;
  const chosen = several ? value : [value];
  if (most && chosen.length > most) return false;
  return chosen.every((one) => question.visibleChoices.some((item) => item.value === one));
}

function take(survey, step) {
  if (survey.state === "completed") return;
  if ("set" in step) {
    const question = survey.getQuestionByName(step.set);
    const value = step.to === null ? undefined : step.to;
    if (question && isThere(question) && isOffered(question, value)) question.value = value;
  } else if (step.go === "next") {
    // With nothing to show SurveyJS goes nowhere; a kiosk closes the survey.
    if (!survey.currentPage) survey.doComplete();
    else if (survey.isLastPage) survey.completeLastPage();
    else survey.nextPage();
  } else if (step.go === "back") {
    survey.prevPage();
  } else {
    survey.doComplete();
  }
}

// Nobody reads NaN at a kiosk.
function readable(words) {
  return words.textOrHtml.replace(/(^|中|A |! )NaN( b|$)/, "$1$2");
}

function standing(survey) {
  // A figure that came to nothing, or to no number, is in survey.data; no JSON could hold it.
  const said = Object.entries(survey.data).filter(([, value]) => !core.Helpers.isValueEmpty(value));
  const data = Object.fromEntries(said.map(([name, value]) => [name, encoded(value)]));
  if (survey.state === "completed") return { done: true, data };
  const seen = survey
    .getAllQuestions()
    .filter((q) => q.getType() !== "html" && q.isVisible && q.isParentVisible);
  const kinds = seen.filter((q) => CHOOSING.includes(q.getType()));
  return {
    page: survey.currentPage ? survey.currentPage.name : "",
    pages: survey.visiblePages.map((page) => page.name),
    seen: seen.map((q) => q.name),
    locked: seen.filter((q) => q.isReadOnly).map((q) => q.name),
    required: seen.filter((q) => q.isRequired).map((q) => q.name),
    offered: Object.fromEntries(kinds.map((q) => [q.name, q.visibleChoices.map((item) => item.value)])),
    titles: seen.map((q) => readable(q.locTitle)),
    // Page titles too, and what the author says about faults: those words begin with "! ".
    headed: survey.currentPage ? readable(survey.currentPage.locTitle) : "",
    said: seen
      .flatMap((q) => q.errors.map((error) => readable(error.locText)))
      .filter((text) => text.startsWith("! ")),
    faults: Object.fromEntries(seen.filter((q) => q.errors.length).map((q) => [q.name, q.errors.length])),
    data,
  };
}

answerAll(({ form, locale, steps }) => {
  // The language stands from the beginning: figures made of words are made when the survey opens.
  const survey = new core.SurveyModel({ ...form, locale });
  if (survey.jsonErrors) return { $: "refused", told: survey.jsonErrors.map((one) => one.type) };
  const told = [standing(survey)];
  for (const step of steps) {
    survey.getAllQuestions().forEach((question) => question.clearErrors());
    try {
      take(survey, step);
    } catch (failure) {
      return [...told, { $: "throws", text: failure.stack }];
    }
    survey.afterRenderPage(null);
    told.push(standing(survey));
  }
  return told;
});
