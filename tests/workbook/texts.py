"""Every text that a report shows of a client's sections."""


def list_texts(examined):
    for one in examined:
        section = one.section
        yield from filter(None, (section.question, section.definition, section.answer, section.reason))
        yield from section.caveats
        yield from section.limit_reasons.values()
        for exhibit in one.exhibits:
            yield exhibit.title
            yield from (field.label for field in exhibit.fields)
        for finding in section.findings:
            yield from (finding.title, finding.cause, finding.action, finding.stop_rule)
