"""Every message that reaches the user, once, under a code that can be searched for.

A `PlankbError` is a fault in the user's input, never in the program: the command line prints its one line
and exits with code 2, the terminal UI shows it as a notice.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]
INTERRUPTED = 130
"""Exit code of a run that was stopped by Ctrl-C."""

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # input files
        "E101": ("找不到文件或文件夹：{path}", "no such file or folder: {path}"),
        "E102": (
            "文件夹中没有可读的规划文件（支持 {kinds}）：{path}",
            "no plan that can be read ({kinds}) in folder: {path}",
        ),
        "E103": ("文件是空的：{path}", "the file is empty: {path}"),
        "E104": (
            "不是文本文件，无法读取：{path}（请另存为 {kinds}）",
            "not a text file: {path} (save it as one of {kinds})",
        ),
        "E105": ("没有权限读取：{path}", "no permission to read: {path}"),
        "E106": ("清单文件写法有误：{path}（{why}）", "the manifest cannot be read: {path} ({why})"),
        "E107": ("这里要一个文件，不是文件夹：{path}", "a file is needed here, not a folder: {path}"),
        "E108": (
            "程序读取这个文件时出错，请连同文件报告：{path}（{why}）",
            "the program failed on this file, please report it with the file: {path} ({why})",
        ),
        "E109": (
            "这里要一个文件，不能是标准输入、管道或设备：{path}。请先存为文件",
            "a file is needed here, not standard input, a pipe or a device: {path}; save it as a file first",
        ),
        "E110": (
            "规则文件 {path} 的 {entry} 有误：{why}",
            "a rule cannot be used: {path} {entry}: {why}",
        ),
        "E115": (
            "PDF 有密码保护，无法读取：{path}。请用密码打开后另存为不加密的文件",
            "the PDF is guarded by a password: {path}; open it and save it without one",
        ),
        "E116": ("PDF 已损坏，或不是 PDF：{path}", "the PDF is damaged, or is none: {path}"),
        "E117": (
            "PDF 是扫描件，没有文字：{path}。请先识别文字（OCR）后再读",
            "the PDF is a scan without text: {path}; run text recognition (OCR) on it first",
        ),
        # files that are not what their name says, or only in part what can be read
        "E131": (
            "文件解开后有 {size} MB，超出可读的范围：{path}",
            "the file unpacks to {size} MB, which is more than can be read: {path}",
        ),
        "E132": (
            "这是旧版 Word 文档（.doc），扩展名却是 .docx：{path}。请用 Word 或 WPS 打开，另存为 .docx 后再读",
            "this is an old Word document (.doc) named .docx: {path}; open it in Word or WPS and save it as .docx",
        ),
        "E133": (
            "文件有密码，无法读取：{path}。请打开后去掉密码，另存一份",
            "the file is locked with a password: {path}; open it and save a copy without one",
        ),
        "E134": (
            "文件中嵌入的一部分没有读取：{part}",
            "a part that is embedded in the file was not read: {part}",
        ),
        # the command line
        "E121": ("没有这个选项：{name}{hint}", "no such option: {name}{hint}"),
        "E122": ("缺少 {name}", "missing: {name}"),
        "E123": ("{name} 的值应为 {expected}", "the value of {name} must be {expected}"),
        "E124": ("没有这个命令：{name}{hint}", "no such command: {name}{hint}"),
        "E125": ("多余的参数：{words}", "unexpected argument: {words}"),
        "E126": ("用法有误：{why}", "wrong usage: {why}"),
        "E127": ("已中断，原有内容没有改动", "interrupted; what was there before is unchanged"),
        "E128": ("写不出结果：{why}", "the output cannot be written: {why}"),
        # the knowledge base
        "E201": (
            "还没有知识库：{path}。请先运行 plankb build 文件或文件夹",
            "no knowledge base at {path}; make one with: plankb build PATH",
        ),
        "E202": (
            "知识库由更新版本的 plankb 建立（版本 {found}，本程序支持到 {known}）：{path}。请升级 plankb",
            "the knowledge base at {path} was made by a newer plankb (schema {found}, known {known}); upgrade plankb",
        ),
        "E203": (
            "知识库已损坏：{path}。原文件未改动，请移走后重新运行 plankb build",
            "the knowledge base is damaged: {path}; it was left as it is, move it away and run plankb build again",
        ),
        "E204": ("知识库中没有这个规划：{plan}。现有：{known}", "no such plan: {plan}; there are: {known}"),
        "E205": ("无法写入：{path}（{why}）", "cannot write {path} ({why})"),
        "E206": (
            "另一个 plankb 正在写入这个知识库，请等它完成：{path}",
            "another plankb is writing this knowledge base, wait for it to finish: {path}",
        ),
        "E207": ("知识库中没有这个单位：{bureau}", "no such bureau in the knowledge base: {bureau}"),
        # questions and search
        "E301": ("请输入问题，例如：市交委牵头哪些任务？", "ask something, such as: which tasks does 市交委 lead?"),
        "E302": (
            "问题太长（{length}字，最多{limit}字），请只问一件事",
            "the question is too long ({length} characters, at most {limit}); ask one thing",
        ),
        # exports, graph, review
        "E501": (
            "文件正被其他程序打开（{why}）：{path}。请先关闭，或换一个文件名",
            "the file is open in another program ({why}): {path}; close it or choose another name",
        ),
        "E502": (
            "文件是只读的：{path}。请取消只读，或换一个文件名",
            "the file is read-only: {path}; make it writable or choose another name",
        ),
        "E503": (
            "不知道这种输出格式：{path}。可用的扩展名：{known}",
            "no such output format: {path}; extensions that are known: {known}",
        ),
        "E504": (
            "没有符合条件的任务，未写文件。请放宽筛选条件",
            "no task passes the filter, nothing was written; filter by less",
        ),
        "E505": ("年份应是四位数字：{year}", "a year has four digits: {year}"),
        "E510": (
            "不是 plankb matrix 生成的工作簿，无法读取更正：{path}",
            "not a workbook made by plankb matrix, so there are no corrections to read: {path}",
        ),
        "E511": ("没有这条更正：{id}", "no such correction: {id}"),
        "E512": (
            "无法把“{field}”改为“{after}”：{fact}",
            "cannot change {field} to {after}: {fact}",
        ),
        "E514": (
            "{cell}：看不懂“{text}”，这处更正未采用",
            "{cell}: “{text}” is not understood, this correction was not taken",
        ),
        "E515": (
            "{cell}：“{column}”不能清空，未采用；要删除任务，请在“审核意见”中写“删除”",
            "{cell}: {column} cannot be empty, not taken; to strike the task out write “delete” in the review column",
        ),
        "E516": (
            "{cells}：同一处有不同的更正，均未采用",
            "{cells}: contradictory corrections of one point, none was taken",
        ),
        "E517": (
            "{sheet}：少了 {count} 行，未视为删除（{titles}）；"
            "确要删除这些任务，请在“审核意见”中写“删除”，或加 --delete-missing",
            "{sheet}: {count} rows are gone, which is not taken as striking them out ({titles}); "
            "to do that write “delete” in the review column, or add --delete-missing",
        ),
        "E519": (
            "无法从{kind}读取更正：{path}。请在 plankb matrix 生成的 .xlsx 中更正，或把它另存为没有密码的 .xlsx",
            "corrections cannot be read from {kind}: {path}; make them in the .xlsx that plankb matrix wrote, "
            "or save it as .xlsx without a password",
        ),
        "E523": (
            "{cell}：新增的目标没有采用（目标须出自规划原文）：{text}",
            "{cell}: a target was added, which is not taken (targets come from the text of a plan): {text}",
        ),
        "E524": (
            "{cell}：“审核意见”只认“确认”和“删除”，这条意见没有保存：{text}",
            "{cell}: the review column knows “accept” and “delete” alone, this remark was not kept: {text}",
        ),
        "E525": (
            "{sheet}：隐藏的标识行（第3行）没有了，矩阵中的符号没有读取；请在任务分解表中更正，或重新生成工作簿",
            "{sheet}: the hidden row of keys (row 3) is gone, the marks were not read; correct the task breakdown, "
            "or write the workbook anew",
        ),
        "E526": (
            "{sheet}：隐藏的“任务编号”列没有了，这张表没有读取；请重新生成工作簿",
            "{sheet}: the hidden column of task ids is gone, this sheet was not read; write the workbook anew",
        ),
        "E527": (
            "{sheet}：少了 {count} 个单位的列，未视为取消（{names}）；要取消，请清空其中的符号",
            "{sheet}: the columns of {count} bureaus are gone, which is not taken as leaving them out ({names}); "
            "to do that empty their cells",
        ),
        "E528": (
            "{cell}：新增的列没有写单位名称（与其他单位名称同一行），没有读取",
            "{cell}: a column was added without the name of a bureau in the row of their names, it was not read",
        ),
        "E529": (
            "{sheet}：新增的列没有读取：{columns}",
            "{sheet}: columns that were added were not read: {columns}",
        ),
        "E530": (
            "{sheet}：合并的单元格没有读取（{cells}）；每项任务须单独占一行",
            "{sheet}: merged cells were not read ({cells}); every task needs a row of its own",
        ),
        "E531": (
            "{cell}：新增的任务没有采用（任务须出自规划原文）：{text}",
            "{cell}: a task was added, which is not taken (tasks come from the text of a plan): {text}",
        ),
        "E532": (
            "{cell}：同一任务在表中出现两次，只读第一行：{text}",
            "{cell}: a task stands twice in the sheet, its first row alone was read: {text}",
        ),
        "E533": (
            "{cell}：看不懂目标“{text}”的改动，未采用；可在界面中按 r 更正",
            "{cell}: the change of the target “{text}” is not understood, not taken; press r in the screens instead",
        ),
        "E534": (
            "{title}：将代替 {who} {when} 的更正（{zh}）",
            "{title}: takes the place of the correction by {who} of {when} ({en})",
        ),
        "E535": (
            "{cell}：名录中没有“{name}”，按新单位采用",
            "{cell}: {name} is not in the register, taken as a new bureau",
        ),
        "E538": (
            "{cell}：名录中没有“{name}”，按新单位采用；是否应为 {near} ？",
            "{cell}: {name} is not in the register, taken as a new bureau; is it {near}?",
        ),
        "E537": (
            "知识库中没有规划 {plan}，工作簿中对它的更正未采用（--kb 是否选对？）",
            "the knowledge base holds no plan {plan}, its corrections in the workbook were not taken (is --kb right?)",
        ),
        "E536": (
            "{cell}：这项任务的续行不全，主要措施和目标没有读取",
            "{cell}: rows that continue this task are gone, its measures and targets were not read",
        ),
        "E520": ("责任图中没有这个单位：{bureau}", "no such bureau in the graph: {bureau}"),
        "E521": (
            "这个问题要说明{count}个单位（--bureau）",
            "this question needs {count} bureau(s), given with --bureau",
        ),
        "E522": ("请写明输出文件（-o）或一个问题：{known}", "name a file (-o) or a question: {known}"),
        "E518": ("工作簿中没有更正", "there are no corrections in the workbook"),
        "E513": ("没有这条事实：{fact}", "no such fact: {fact}"),
        # search
        "E351": ("请输入要查找的字词：{query}", "there is nothing to search for in: {query}"),
        "E352": ("引号没有成对：{query}", "a quotation mark is not closed: {query}"),
        "E353": ("括号没有成对：{query}", "a bracket is not closed: {query}"),
        "E354": (
            "检索词太长（{size} 字，最多 {limit} 字）",
            "the query is too long ({size} characters, at most {limit})",
        ),
        "E355": ("AND、OR、NOT 或字段名旁边缺少检索词：{query}", "an operator or field lacks its words: {query}"),
        # checks: what the user gave
        "E401": ("没有这条规则：{rule}。现有规则：{known}", "no such rule: {rule}; there are: {known}"),
        "E402": ("设置文件写法有误：{path}（{why}）", "the settings cannot be read: {path} ({why})"),
        "E403": (
            "已接受意见的文件写法有误：{path}（{why}）",
            "the file of accepted findings cannot be read: {path} ({why})",
        ),
        "E404": ("接受一条意见须写明理由（--reason）", "a finding is accepted with a reason (--reason)"),
        "E405": (
            "没有这条意见：{finding}。写法为 规则@行号，如 numbering@12",
            "no such finding: {finding}; write RULE@LINE, as in numbering@12",
        ),
        "E406": ("没有这种冲突类型：{type}。现有：{known}", "no such type of conflict: {type}; there are: {known}"),
        "E407": (
            "只有 Word 文件（.docx）才能加批注：{path}",
            "only a Word file (.docx) can take comments: {path}",
        ),
        "E408": (
            "不会覆盖草案本身：{path}。请用 -o 另取文件名",
            "the draft itself is not written over: {path}; name another file with -o",
        ),
        "E410": ("日期写法应为 2023、2023-05 或 2023-05-18：{date}", "a date is 2023, 2023-05 or 2023-05-18: {date}"),
        "E409": ("请用 -o 写明要写到哪个文件", "name a file to write to with -o"),
        # conflicts: why two facts cannot both stand, or why they were not compared
        "E461": (
            "{place}{by}年“{indicator}”在不同规划中数值不一：{listed}",
            "plans of {place} set different levels of {indicator} for {by}: {listed}",
        ),
        "E462": (
            "同一规划中{by}年“{indicator}”前后数值不一：{listed}",
            "one plan gives {indicator} for {by} at different levels: {listed}",
        ),
        "E463": (
            "“{indicator}”低于上级要求，{place}要求在前：{listed}",
            "{indicator} is below what {place} requires, named first: {listed}",
        ),
        "E464": (
            "“{indicator}”达到上级要求的时间晚于上级，{place}要求在前：{listed}",
            "{indicator} reaches what {place} requires, named first, at a later date: {listed}",
        ),
        "E465": (
            "“{indicator}”后期目标弱于前期目标：{listed}",
            "{indicator} is weaker in a later year than in an earlier one: {listed}",
        ),
        "E466": (
            "“{indicator}”同一目标的完成时间不一：{listed}",
            "the same level of {indicator} is due at different times: {listed}",
        ),
        "E467": (
            "同一任务“{task}”由不同单位牵头：{listed}",
            "one task, {task}, is led by different bureaus: {listed}",
        ),
        "E468": (
            "同一任务“{task}”的完成时间不一：{listed}",
            "one task, {task}, is due at different times: {listed}",
        ),
        "E469": (
            "“{task}”所在任务由不同单位牵头：{listed}",
            "the tasks that carry {task} are led by different bureaus: {listed}",
        ),
        "E470": (
            "{place}“{indicator}”的计量单位不一致：{listed}",
            "{place}: {indicator} is given in units that do not measure the same thing: {listed}",
        ),
        "E471": (
            "“{indicator}”严于上级要求，不冲突：{listed}",
            "{indicator} is tighter than the level above requires, no conflict: {listed}",
        ),
        "E472": ("“{indicator}”时间不同，不作比较：{listed}", "{indicator} at different times, not compared: {listed}"),
        "E473": (
            "“{indicator}”范围不同，不作比较：{listed}",
            "{indicator} for different areas or groups, not compared: {listed}",
        ),
        "E474": (
            "“{indicator}”口径不同，不作比较：{listed}",
            "{indicator} by different definitions, not compared: {listed}",
        ),
        "E475": (
            "“{indicator}”无法比较（水平与变化、单位或文字表述不同）：{listed}",
            "{indicator} cannot be compared (level and change, unit, or words): {listed}",
        ),
        # checks: what was found
        "E411": (
            "序号“{number}”重复，此处应为{expected}",
            "number {number} is used again; {expected} is expected here",
        ),
        "E412": (
            "序号跳号：“{number}”前缺少{expected}",
            "a number is skipped: {number} stands where {expected} is expected",
        ),
        "E413": (
            "序号“{number}”顺序有误，此处应为{expected}",
            "number {number} is out of order; {expected} is expected here",
        ),
        "E414": ("标题以“{end}”结尾，似有脱字", "the heading ends in {end}; something is missing after it"),
        "E415": ("标题以“{start}”开头，似有脱字", "the heading begins with {start}; something is missing before it"),
        "E421": ("“{sign}”没有配对的“{missing}”", "{sign} is never closed by {missing}"),
        "E422": ("“{sign}”前面没有配对的“{missing}”", "{sign} closes nothing: no {missing} before it"),
        "E431": ("“{word}”重复书写", "{word} is written twice in a row"),
        "E432": ("“{word}”在同一列举中重复出现", "{word} stands twice in one list"),
        "E433": ("此句与第{line}行的句子相同", "the same sentence stands on line {line}"),
        "E434": ("标点重复或多余：“{signs}”", "a punctuation mark too many: {signs}"),
        "E441": ("“{words}”所称为{number}，实际列出{counted}", "{words} announces {number}, but {counted} are listed"),
        "E443": (
            "“{words}”与另一处的数目（{other}）不一致",
            "{words} is announced elsewhere with another number ({other})",
        ),
        "E442": (
            "“分别”前后不对应：前有{names}项，后有{values}个数值",
            "分别 does not pair: {names} names stand before it and {values} values after it",
        ),
        "E481": (
            "“{indicator}”{by}年{value}，与现行规划不一致：{others}",
            "{indicator} is {value} by {by}, other than in plans in force: {others}",
        ),
        "E482": (
            "“{indicator}”{by}年{value}，低于上级要求：{others}",
            "{indicator} is {value} by {by}, below what the level above requires: {others}",
        ),
        "E483": (
            "“{indicator}”{by}年才达到{value}，晚于上级：{others}",
            "{indicator} reaches {value} only by {by}, later than the level above: {others}",
        ),
        "E484": (
            "“{indicator}”{by}年前后数值不一：此处{value}，另一处{others}",
            "{indicator} by {by} has two values: {value} here, elsewhere {others}",
        ),
        "E485": (
            "“{indicator}”目标{value}弱于基期值{baseline}",
            "the target {value} of {indicator} is weaker than its baseline {baseline}",
        ),
        "E486": (
            "“{indicator}”的单位“{unit}”与“{expected}”不符",
            "{unit} is no unit for {indicator} ({expected})",
        ),
        "E487": (
            "“{indicator}”是水平值，单位应为{expected}，而不是{unit}",
            "{indicator} is a level, to be given in {expected}, not in {unit}",
        ),
        "E488": (
            "“{indicator}”的单位为{unit}，其他规划用{expected}",
            "{indicator} is given in {unit}, elsewhere in {expected}",
        ),
        "E476": (
            "“{indicator}”{by}年{value}；上级规划中名称相近的指标要求更高，请核对：{others}",
            "{indicator} is {value} by {by}; the level above asks for more of one of nearly that name: {others}",
        ),
        "E477": (
            "“{indicator}”{by}年{value}；现行规划中名称相近的指标数值不同，请核对：{others}",
            "{indicator} is {value} by {by}; plans in force have another value for one of nearly that name: {others}",
        ),
        "E478": (
            "现状为{from}，目标为{to}，目标弱于现状",
            "it stands at {from} and is to be {to}: the target is weaker",
        ),
        "E479": (
            "由{from}“{verb}”到{to}，数值方向与用词相反",
            "from {from} to {to} goes the other way than {verb} says",
        ),
        "E480": (
            "数量的相对变化应以%表示，而不是{value}个百分点",
            "a relative change of amounts is given in %, not as {value} percentage points",
        ),
        "E489": ("“{indicator}”{value}没有写明时限", "{indicator} {value} has no time"),
        "E490": (
            "“{indicator}”只作笼统表述，其他规划已有数值：{others}",
            "{indicator} is left vague, other plans give a figure: {others}",
        ),
        "E491": ("“{name}”与“{usual}”应为同一单位，名称不一", "{name} and {usual} are one bureau under two names"),
        "E492": (
            "“{name}”是旧名称，{year}年已更名或撤并（{source}）",
            "{name} is an old name, renamed or merged in {year} ({source})",
        ),
        "E493": ("名录中没有“{name}”，是否应为“{near}”", "{name} is not known; did you mean {near}?"),
        "E494": ("名录中没有“{name}”，请核对名称", "{name} is not in the register of bureaus; please check the name"),
        "E495": (
            "任务“{task}”没有写明责任单位，而同级任务均已写明",
            "the task {task} names nobody responsible, its siblings do",
        ),
        "E496": ("引用的《{title}》名称有误，应为《{known}》", "the cited {title} is called {known}"),
        "E497": (
            "《{title}》的文号{number}与另一处的{other}不一致",
            "{title} is cited with the number {number}, elsewhere with {other}",
        ),
        "E498": (
            "文号{number}在另一处是《{other}》的文号",
            "the number {number} belongs elsewhere to {other}, not to {title}",
        ),
        "E499": ("完成时间{by}早于本文件日期{date}", "due {by}, before the date of this document, {date}"),
        "E451": (
            "总数{total}{unit}与分项之和{terms}={sum}{unit}不符",
            "the total {total}{unit} is not the sum of its parts: {terms}={sum}{unit}",
        ),
        "E452": ("各部分比重合计为{sum}%，应为100%", "the shares add up to {sum}%, not to 100%"),
        "E453": (
            "从{from}到{to}，变化为{change}，而不是{by}{unit}",
            "from {from} to {to} is a change of {change}, not of {by}{unit}",
        ),
        # the terminal UI
        "E601": (
            "这里不是终端，无法打开界面；可用 plankb ask、plankb list 等命令",
            "this is no terminal, the screens cannot open; commands such as plankb ask or plankb list work here",
        ),
        "E602": (
            "终端的编码是 {encoding}，无法显示中文界面；请改用 UTF-8",
            "the terminal's encoding is {encoding}, which cannot show the screens; use a UTF-8 terminal",
        ),
        "E603": (
            "无法在 {host}:{port} 提供网页界面（{why}）",
            "cannot serve at {host}:{port} ({why})",
        ),
    }
)


def message(code: str, lang: Language = "zh", **details: object) -> str:
    """The text of a message; `details` fill its fields."""
    zh, en = MESSAGES[code]
    return (zh if lang == "zh" else en).format(**details)


class PlankbError(Exception):
    """The user's input cannot be used; `code` names the message, `details` fill it."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(f"{code}: {message(code, 'en', **details)}")

    def text(self, lang: Language = "zh") -> str:
        """The one line that the user sees."""
        return message(self.code, lang, **self.details)
