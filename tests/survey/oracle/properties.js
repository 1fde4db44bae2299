"use strict";
// Tells every property of every class SurveyJS reads from a survey: a line of JSON a class.
const { core } = require("./frozen.js");

const known = core.Serializer;
const classes = new Set(["survey", "page", "panel", "calculatedvalue"]);
for (const base of ["question", "trigger", "surveyvalidator", "itemvalue"]) {
  for (const one of known.getChildrenClasses(base, true)) classes.add(one.name);
}
for (const name of classes) {
  const names = known.getProperties(name).flatMap((one) => [one.name, one.alternativeName || []].flat());
  process.stdout.write(JSON.stringify({ class: name, properties: [...new Set(names)].sort() }) + "\n");
}
