"""What may stand in an address: a key the database can hold, the code of a region."""


class KeyConverter:
    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class RegionConverter:
    regex = "[0-9]{2,12}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python
