"""Writing the simulated company's files and their answer key into a home's inbox."""

from collections import Counter
from pathlib import Path

from tasks.simulate.answer_key import AnswerKey, Kind, Missing, Place, add_up, read_answer_key
from tasks.simulate.books.balances import balances
from tasks.simulate.company.calendar import FIRST_DAY, LAST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.firm import Firm, simulate_firm
from tasks.simulate.delivery import Delivery, Outcome
from tasks.simulate.dirt import soil
from tasks.simulate.expectation import Expectation
from tasks.simulate.formats import packed
from tasks.simulate.seal import SEAL, is_sealed, made_from, seal_of
from tasks.simulate.system import Files, System, redeliver
from tasks.simulate.systems import SYSTEMS
from warehouse.home import Home

COMPANY = "Quill & Lantern (simulated)"

SEED = 20240101

LINES_COUNT = 200_000

FOLDER = "mail_order"

ANSWER_KEY = "answer_key.json"

ABOUT = f"""These files are simulated. {COMPANY} is no real firm; no customer, supplier or payment in them is real.
They are dirty on purpose: answer_key.json says what is wrong, where, and where each row must end up.
"""


def simulate(home: Home, seed: int = SEED, lines_count: int = LINES_COUNT, is_dirty: bool = True) -> AnswerKey:
    """Write the files of the simulated company and their answer key; files that are already right are left alone.

    Without dirt they are what the same firm would deliver if its systems made no mistakes.
    """
    inbox = home.inbox / FOLDER
    origin = made_from(seed=seed, lines_count=lines_count, is_dirty=is_dirty)
    if is_sealed(inbox, origin):
        return read_answer_key(inbox / ANSWER_KEY)
    key = write_company(inbox, simulate_firm(seed, lines_count), seed, is_dirty)
    write(inbox / SEAL, seal_of(inbox, origin))
    return key


def write_company(inbox: Path, firm: Firm, seed: int, is_dirty: bool) -> AnswerKey:
    """Write every system's files, and what must become of them."""
    kinds: list[Kind] = []
    expectations = []
    for system in SYSTEMS:
        deliveries = deliver(system, firm, seed) if is_dirty else system.deliver(firm)
        expectations.append(expect(system, deliveries))
        files = {delivery.name: packed(delivery.name, system.write(delivery)) for delivery in deliveries}
        kinds += expectations[-1].kinds + (add_dirty_files(system, files) if is_dirty else [])
        write_folder(inbox / system.folder, files)
    key = answer_key(firm, seed, kinds, expectations, is_dirty)
    write(inbox / "README.txt", ABOUT.encode())
    write(inbox / ANSWER_KEY, key.as_json().encode())
    return key


def deliver(system: System, firm: Firm, seed: int) -> list[Delivery]:
    """A system's files with all that is wrong with their rows."""
    deliveries = without(system.deliver(firm), system, firm)
    if system.redelivery:
        deliveries = redeliver(deliveries, system.redelivery)
    soil(chance_of(seed, system.source), sorted(deliveries, key=lambda delivery: delivery.name), system.dirt)
    return deliveries


def without(deliveries: list[Delivery], system: System, firm: Firm) -> list[Delivery]:
    """Take out the documents that the system never delivered."""
    lost = {document for lost in system.lost(firm) for document in lost.documents}
    for delivery in deliveries if lost else []:
        delivery.lines = [line for line in delivery.lines if delivery.row(line)[system.key[0]] not in lost]
    return deliveries


def expect(system: System, deliveries: list[Delivery]) -> Expectation:
    """What the files must come to when they are read in the order of their names."""
    expectation = Expectation(system)
    for delivery in sorted(deliveries, key=lambda delivery: delivery.name):
        expectation.read(delivery)
    return expectation


def add_dirty_files(system: System, files: Files) -> list[Kind]:
    """Add the files that are wrong as a whole, and say which of the others are odd."""
    kinds = []
    for dirt in system.file_dirt:
        name, content = dirt.make(files)
        assert name not in files, name
        files[name] = content
        kinds.append(Kind(system.source, system.record, dirt.name, dirt.ends.outcome, (), (Place(name),)))
    odd = [
        Kind(system.source, system.record, remark.name, Outcome.ACCEPTED, (), (Place(remark.file),))
        for remark in system.remarks
    ]
    return kinds + odd


def answer_key(firm: Firm, seed: int, kinds: list[Kind], expectations: list[Expectation], is_dirty: bool) -> AnswerKey:
    """The key, from what was expected of each system."""
    current: Counter[str] = Counter()
    for expectation in expectations:
        current[expectation.system.record] += len(expectation.kept)
    return AnswerKey(
        company=COMPANY,
        seed=seed,
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        kinds=tuple(kinds),
        loads=tuple(load for expectation in expectations for load in expectation.loads),
        missing=tuple(missing(firm)) if is_dirty else (),
        current_rows=dict(current),
        accepted_net_amounts=add_up(pair for expectation in expectations for pair in expectation.amounts),
        balances=tuple(balances(expectations)),
    )


def missing(firm: Firm) -> list[Missing]:
    """The documents that were written and never delivered."""
    return [
        Missing(system.source, lost.name, lost.documents, lost.missing_date)
        for system in SYSTEMS
        for lost in system.lost(firm)
    ]


def write_folder(folder: Path, files: Files) -> None:
    """Write a system's files; what an earlier simulation left there beside them is taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    for left_over in {file.name for file in folder.iterdir()} - set(files):
        (folder / left_over).unlink()
    for name, content in files.items():
        write(folder / name, content)


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only if it is not right already."""
    if file.exists() and file.read_bytes() == content:
        return
    part = file.with_name(f".{file.name}.part")
    part.write_bytes(content)
    part.replace(file)
